namespace HumanTasks.Core.Tasks;

/// <summary>What happened to a task so far.</summary>
/// <param name="CreatedAt">The time at which the task was created.</param>
/// <param name="UpdatedAt">The time of the last change. It never decreases, even if the clock does.</param>
/// <param name="Timeline">The activity, oldest first; at most 2000 entries.</param>
public sealed record History(DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<TaskEvent> Timeline)
{
    private const int MaxTimeline = 2000;

    /// <summary>The version, at least 1, raised by every write.</summary>
    public int Version { get; init; } = 1;

    /// <summary>
    /// The hash of the signed form of the run's newest receipt known to this task; null before the first. Kept for
    /// builds that do not know <see cref="ReceiptEnd"/>.
    /// </summary>
    public string? ReceiptHead { get; init; }

    /// <summary>
    /// The end of the run's chain of receipts as known to this task; null before the first, or if an older build wrote
    /// last.
    /// </summary>
    public ChainEnd? ReceiptEnd { get; init; }

    /// <summary>Returns the history of a new task.</summary>
    public static History Begin(DateTimeOffset now) => new(now, now, [new TaskEvent(now, TaskEventKind.Created)]);

    /// <summary>Returns the later of the clock and this record's time, so the time never decreases.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset now) => now > UpdatedAt ? now : UpdatedAt;

    /// <summary>Returns the history with the next version, changed by an event.</summary>
    public History After(TaskEvent happened) => Noted(happened) with { UpdatedAt = NotBefore(happened.At), Version = Version + 1 };

    /// <summary>Returns the history with another activity entry.</summary>
    public History Noted(TaskEvent happened) => Timeline.Count < MaxTimeline
        ? this with { Timeline = [.. Timeline, happened with { At = NotBefore(happened.At) }] }
        : this;
}
