namespace HumanTasks.Web.Review.Submissions;

/// <summary>The outcome of reading a request's body.</summary>
internal abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>The content as far as it was read; null for what cannot be read.</summary>
    public Sent? Brought => this switch
    {
        Complete { Sent: var sent } => sent,
        TooLarge { SoFar: var sent } => sent,
        NotStored { SoFar: var sent } => sent,
        _ => null,
    };

    /// <summary>The language of the page on which it was typed; null if unknown.</summary>
    public string? Language => Brought?.Language;

    public sealed record Complete(Sent Sent) : Reading;

    /// <summary>A body above the limit.</summary>
    /// <param name="SoFar">The content read before the limit.</param>
    /// <param name="Limit">The limit, in bytes.</param>
    public sealed record TooLarge(Sent? SoFar, long Limit) : Reading;

    /// <summary>A body with a file that could not be stored because storage is unavailable.</summary>
    public sealed record NotStored(Sent SoFar) : Reading;

    public sealed record Malformed(string Detail) : Reading;

    /// <summary>Well-formed JSON of another shape.</summary>
    public sealed record WrongShape(IReadOnlyList<Core.Reading.Problem> Problems) : Reading;

    public sealed record UnknownMedia : Reading;
}
