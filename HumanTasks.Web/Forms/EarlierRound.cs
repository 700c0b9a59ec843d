namespace HumanTasks.Web.Forms;

/// <summary>The response to an earlier round of the same task.</summary>
/// <param name="At">When it was received.</param>
/// <param name="Answers">In the order of the form.</param>
public sealed record EarlierRound(DateTimeOffset At, IReadOnlyList<GivenAnswer> Answers);
