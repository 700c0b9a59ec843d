namespace HumanTasks.Bench.Load;

/// <summary>Paused runs. Some has the last run of each client.</summary>
internal sealed record PausedCrowd(IReadOnlyList<Paused> Some, TimeSpan Elapsed, IReadOnlyList<long> Times);
