using Azure.Data.Tables;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Completes the work of a write whose process was interrupted. The current records determine the rows that the index
/// should have; only the rows to delete are read from the to-dos.
/// </summary>
internal sealed class RunRepair(
    RunPartition partition, Records records, IndexWriter index, RunStarter starter, RunWriter writer, TimeProvider time)
{
    /// <summary>The age below which a to-do is left to the write that it belongs to.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Returns whether a reader should complete the work now.</summary>
    public bool IsDue(RunHead head) =>
        head.Todos.Any(todo => Records.IsUrgent(todo) || time.GetUtcNow() - Records.AtOf(todo) >= Patience);

    /// <summary>Completes all unfinished work of a run.</summary>
    public Task RepairAsync(string runId, CancellationToken cancellationToken) =>
        RepairAsync(runId, evenWithoutTodo: false, cancellationToken);

    private async Task RepairAsync(string runId, bool evenWithoutTodo, CancellationToken cancellationToken)
    {
        var head = await partition.HeadAsync(runId, cancellationToken);
        if (head.Run is null || (head.Todos.Count == 0 && !evenWithoutTodo))
        {
            return;
        }

        var todos = await Task.WhenAll(head.Todos.Select(todo => records.TodoAsync(todo, cancellationToken).AsTask()));
        foreach (var todo in todos)
        {
            await writer.MarkConsumedAsync(runId, todo.Consumed, cancellationToken);
        }

        var rows = await RowsAsync(runId, head.Run, cancellationToken);
        await index.WriteAsync(rows, todos.SelectMany(todo => todo.Gone), cancellationToken);

        var started = new List<(TableEntity, IReadOnlyList<RunStart>)>();
        foreach (var entity in await partition.ListAsync(runId, RunKey.Starts, cancellationToken))
        {
            if (await records.PendingStartsAsync(entity, cancellationToken) is { Count: > 0 } starts)
            {
                await starter.CreateAsync(starts, writer.InsertAsync, cancellationToken);
                foreach (var start in starts)
                {
                    // one that already existed may have been interrupted, too, and has no to-do that would show it
                    await RepairAsync(start.Run.Id, evenWithoutTodo: true, cancellationToken);
                }

                started.Add((entity, starts));
            }
        }

        await writer.ForgetAsync(head.Todos, started, cancellationToken);
        await Task.WhenAll(head.Todos.Select(todo =>
            writer.WithdrawAsync(Work.Announcement(runId, Records.StampOf(todo) ?? ""))));
    }

    private async Task<List<IndexRow>> RowsAsync(string runId, TableEntity run, CancellationToken cancellationToken)
    {
        var rows = RunPlace.Read(run, runId).Rows().ToList();
        foreach (var entity in await partition.ListAsync(runId, RunKey.Task, cancellationToken))
        {
            var task = await records.TaskAsync(entity, cancellationToken);
            rows.AddRange(TaskPlace.Read(entity, task.Id).Rows(task));
        }

        foreach (var response in await partition.UnconsumedAsync(runId, cancellationToken))
        {
            rows.Add(new IndexRow(RunKey.Work(runId), Work.OpenRow(runId, Records.ResponseIdOf(response)), runId));
        }

        return rows;
    }
}
