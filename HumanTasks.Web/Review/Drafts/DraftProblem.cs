namespace HumanTasks.Web.Review.Drafts;

/// <param name="Field">The name of the field.</param>
/// <param name="Text">In the language of the page that sent it, with what people and authors wrote between isolates.</param>
internal sealed record DraftProblem(string Field, string Text);
