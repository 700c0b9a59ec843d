using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>The content of a request, read but not yet validated.</summary>
internal sealed record Sent
{
    /// <summary>
    /// The values by field name; null for an empty field, and for a field that a page showed but did not send.
    /// </summary>
    public required JsonObject Values { get; init; }

    /// <summary>The language of the page on which it was typed; null if the request does not say.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Whether a page sent it, which shows every field; a program sends only the fields that it sets.
    /// </summary>
    public bool FromPage { get; init; }

    /// <summary>The typed texts by field name; empty for JSON.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Typed { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The files by field name, both kept by the page and newly uploaded.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FileValue>> Files { get; init; } =
        new Dictionary<string, IReadOnlyList<FileValue>>();

    /// <summary>The files uploaded with this request; nothing else names them yet.</summary>
    public IReadOnlyList<FileValue> Fresh { get; init; } = [];

    /// <summary>The names, by field name, of files that were sent but not stored.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lost { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The IDs of kept files to remove.</summary>
    public IReadOnlyCollection<string> Removed { get; init; } = [];

    /// <summary>The problems of uploaded files, and of kept ones that no longer exist.</summary>
    public IReadOnlyList<InputProblem> UploadProblems { get; init; } = [];

    /// <summary>Whether the link was full, so that some of the files were not stored.</summary>
    public bool IsFull { get; init; }

    public bool Rejects { get; init; }

    public string? Reason { get; init; }

    public string? Key { get; init; }

    /// <summary>The page of the form that was shown, from 0.</summary>
    public int Page { get; init; }

    /// <summary>The page to go to instead of submitting; null to submit.</summary>
    public string? Go { get; init; }

    /// <summary>The row to add or remove instead of submitting; null to submit.</summary>
    public string? Rows { get; init; }

    /// <summary>Whether the page is shown again, changed, instead of submitting.</summary>
    public bool IsAStep => Go is not null || Rows is not null;

    /// <summary>The proof that one of our pages showed the form; null without one.</summary>
    public string? ShownMark { get; init; }

    /// <summary>The round of the task that the sender saw; null if the request does not say.</summary>
    public int? Round { get; init; }
}
