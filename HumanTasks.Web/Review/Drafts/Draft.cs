using HumanTasks.Core.Forms;
using HumanTasks.Web.Review.Submissions;

namespace HumanTasks.Web.Review.Drafts;

/// <summary>The unsent content of a form.</summary>
/// <param name="SavedAt">When it was saved.</param>
/// <param name="Round">The round of the task that it belongs to.</param>
/// <param name="Typed">The typed texts by input name.</param>
/// <param name="Files">The uploaded files by field name.</param>
/// <param name="Reason">The reason for declining.</param>
/// <param name="Language">The language of the page on which it was typed; null in drafts of older builds.</param>
/// <param name="Page">The page of the form at which it was left, from 0.</param>
internal sealed record Draft(
    DateTimeOffset SavedAt,
    int Round,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Typed,
    IReadOnlyDictionary<string, IReadOnlyList<FileValue>> Files,
    string? Reason,
    string? Language = null,
    int Page = 0)
{
    /// <summary>What was wrong with it when it was sent, for the page that says so; null in drafts of older builds.</summary>
    public IReadOnlyList<DraftProblem>? Problems { get; init; }

    /// <summary>Returns the draft as a submission, to show it on the page again.</summary>
    public Sent ToSent() => new() { Values = [], Typed = Typed, Files = Files, Reason = Reason, Language = Language };
}
