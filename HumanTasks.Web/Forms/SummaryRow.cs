namespace HumanTasks.Web.Forms;

/// <summary>An answer on the summary of a form with pages.</summary>
/// <param name="Page">Where it can be changed, from 0.</param>
/// <param name="Answer">As it would be sent now.</param>
public sealed record SummaryRow(int Page, GivenAnswer Answer);
