using System.Text.Json.Serialization;
using HumanTasks.Core.Forms;
using HumanTasks.Web.Review.Submissions;

namespace HumanTasks.Web.Review.Drafts;

/// <summary>What somebody typed and did not send yet.</summary>
/// <param name="SavedAt">When.</param>
/// <param name="Round">The round of the task that asked for it.</param>
/// <param name="Typed">Input name to texts, as they were typed.</param>
/// <param name="Files">Field name to uploaded files.</param>
/// <param name="Reason">For declining.</param>
/// <param name="Language">Of the page on which it was typed; null in drafts of older builds.</param>
internal sealed record Draft(
    DateTimeOffset SavedAt,
    int Round,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Typed,
    IReadOnlyDictionary<string, IReadOnlyList<FileValue>> Files,
    string? Reason,
    string? Language = null)
{
    /// <summary>As if it had just been sent, to be shown again.</summary>
    public Sent ToSent() => new() { Values = [], Typed = Typed, Files = Files, Reason = Reason, Language = Language };
}

/// <summary>How the answer to a program that saves a draft is written.</summary>
internal sealed record DraftSaved(DateTime SavedAt, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(DraftSaved))]
internal sealed partial class DraftJson : JsonSerializerContext;
