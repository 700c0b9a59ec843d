namespace HumanTasks.Functions.Sweeping;

/// <summary>The limits of one sweep; the next one, a minute later, continues.</summary>
internal static class Batches
{
    public const int Size = 100;

    public const int Most = 10;

    private const int AtOnce = 8;

    public static Task ForEachAsync(
        IEnumerable<string> runIds, Func<string, CancellationToken, Task> act, SweepFaults faults, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            runIds,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (runId, stop) => await faults.TryAsync(() => act(runId, stop), stop));
}
