namespace HumanTasks.Bench.Reports;

/// <summary>
/// The figures of pending runs. Times are in milliseconds unless their name says seconds; memory is in bytes.
/// </summary>
internal sealed record PendingFigures
{
    public required int Count { get; init; }

    public required double Seconds { get; init; }

    public required double CreateP50 { get; init; }

    public required double CreateP99 { get; init; }

    public required long ResidentEmpty { get; init; }

    public required long ResidentAfter { get; init; }

    public required long ResidentQuiet { get; init; }

    public required long Peak { get; init; }

    public required double BytesEach { get; init; }

    public required double Restart { get; init; }

    public required long ResidentRestarted { get; init; }

    public required long ResidentSettled { get; init; }

    public required long PeakOfCycles { get; init; }

    public required LoadFigures Cycles { get; init; }
}
