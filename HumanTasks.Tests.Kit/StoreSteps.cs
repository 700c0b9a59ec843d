using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests;

/// <summary>Writes of a task without its run, as tests ask for them.</summary>
internal static class StoreSteps
{
    public static Task<CommitResult> AcceptAsync(this IRunStore store, HumanTask task, HumanResponse response, CancellationToken stop) =>
        store.CommitAsync(new TaskCommit(task) { Accepted = response }, stop);

    public static async Task<bool> UpdateTaskAsync(this IRunStore store, HumanTask task, CancellationToken stop) =>
        await store.CommitAsync(new TaskCommit(task), stop) == CommitResult.Committed;
}
