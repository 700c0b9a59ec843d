using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>What a request carries, read but not yet checked.</summary>
internal sealed record Sent
{
    /// <summary>Field name to value; null for a field that came empty, and for all that a page showed and that did not come.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>Of the page on which it was typed; null where the request does not say.</summary>
    public string? Language { get; init; }

    /// <summary>Whether a page sent it, which shows every field; a program names those that it means.</summary>
    public bool FromPage { get; init; }

    /// <summary>Field name to texts as they were typed; empty for JSON.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Typed { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Field name to the files that the page kept and those that came now.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FileValue>> Files { get; init; } =
        new Dictionary<string, IReadOnlyList<FileValue>>();

    /// <summary>The files that came with this very request; nothing else names them yet.</summary>
    public IReadOnlyList<FileValue> Fresh { get; init; } = [];

    /// <summary>Field name to the names of the files that came and are not here.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lost { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The ids of kept files that the page was told to remove.</summary>
    public IReadOnlyCollection<string> Removed { get; init; } = [];

    /// <summary>What is wrong with the files that came, and which kept ones are gone.</summary>
    public IReadOnlyList<InputProblem> UploadProblems { get; init; } = [];

    /// <summary>Whether the link takes no more files now, so that some of those that came were not stored.</summary>
    public bool IsFull { get; init; }

    public bool Rejects { get; init; }

    public string? Reason { get; init; }

    public string? Key { get; init; }

    /// <summary>The page of the form that was shown, from 0.</summary>
    public int Page { get; init; }

    /// <summary>To which other page somebody goes instead of sending; null when they send.</summary>
    public string? Go { get; init; }

    /// <summary>Which row somebody adds or removes instead of sending; null when they send.</summary>
    public string? Rows { get; init; }

    /// <summary>Whether the page is only to be shown again, otherwise.</summary>
    public bool IsAStep => Go is not null || Rows is not null;

    /// <summary>What says that a page of ours showed the form; null where nothing does.</summary>
    public string? ShownMark { get; init; }

    /// <summary>The round of the task that the sender saw; null for one who does not say.</summary>
    public int? Round { get; init; }
}

/// <summary>The outcome of reading a request's body.</summary>
internal abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>What came, as far as it was read; null for what cannot be.</summary>
    public Sent? Brought => this switch
    {
        Complete { Sent: var sent } => sent,
        TooLarge { SoFar: var sent } => sent,
        NotStored { SoFar: var sent } => sent,
        _ => null,
    };

    /// <summary>Of the page on which what came was typed; null where nothing says so.</summary>
    public string? Language => Brought?.Language;

    public sealed record Complete(Sent Sent) : Reading;

    /// <param name="SoFar">What was read before it was too much.</param>
    /// <param name="Limit">In bytes.</param>
    public sealed record TooLarge(Sent? SoFar, long Limit) : Reading;

    /// <summary>A file that came could not be stored, for want of storage.</summary>
    public sealed record NotStored(Sent SoFar) : Reading;

    public sealed record Malformed(string Detail) : Reading;

    /// <summary>Well-formed JSON of another shape.</summary>
    public sealed record WrongShape(IReadOnlyList<Core.Reading.Problem> Problems) : Reading;

    public sealed record UnknownMedia : Reading;
}
