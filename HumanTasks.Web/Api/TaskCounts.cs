using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Api;

/// <summary>The number of tasks with each status, counted up to <see cref="Most"/>.</summary>
public sealed record TaskCounts(int All, int Pending, int Completed, int Cancelled, int Rejected, int Expired)
{
    public const int Most = 10_000;

    public static Task<TaskCounts> ReadAsync(IRunStore store, TaskQuery query, CancellationToken cancellationToken) =>
        ReadAsync(store, query, Most, cancellationToken);

    /// <summary>Counts up to another maximum.</summary>
    internal static async Task<TaskCounts> ReadAsync(IRunStore store, TaskQuery query, int most, CancellationToken cancellationToken)
    {
        Core.Tasks.TaskStatus[] statuses =
            [Core.Tasks.TaskStatus.Pending, Core.Tasks.TaskStatus.Completed, Core.Tasks.TaskStatus.Cancelled, Core.Tasks.TaskStatus.Rejected, Core.Tasks.TaskStatus.Expired];
        var counts = await Task.WhenAll(statuses.Select(status =>
            store.CountTasksAsync(query with { Status = status }, most, cancellationToken)));
        return new TaskCounts(Math.Min(counts.Sum(), most), counts[0], counts[1], counts[2], counts[3], counts[4]);
    }
}
