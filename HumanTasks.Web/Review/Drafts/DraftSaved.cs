namespace HumanTasks.Web.Review.Drafts;

/// <summary>The response to a program that saves a draft.</summary>
internal sealed record DraftSaved(DateTime SavedAt, string Text);
