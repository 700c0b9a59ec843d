using Azure;
using Azure.Data.Tables;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Submits changes of runs: one transaction in the run's partition, then the work that it leaves outside. The
/// transaction is the write. What follows may be interrupted at any point: its to-do remains, and so does the
/// announcement that leads the sweeper to it.
/// </summary>
internal sealed class RunWriter(
    StorageTables tables,
    Records records,
    RunRecords runRecords,
    IndexWriter index,
    RunStarter starter,
    RowCache rowCache,
    TimeProvider time,
    ILogger<RunWriter> log)
{
    public RunChange Begin(string runId) => new(runId, Ids.New(time.GetUtcNow()));

    /// <summary>Announces a change before its transaction.</summary>
    public async Task<RowAddress> AnnounceAsync(RunChange change, CancellationToken cancellationToken)
    {
        var (partition, row) = Work.Announcement(change.RunId, change.Stamp);
        await index.PutAsync(new IndexRow(partition, row, change.RunId).ToEntity(), cancellationToken);
        return new RowAddress(partition, row);
    }

    /// <summary>Writes the change. Returns false, and writes nothing, when a concurrent write came first.</summary>
    /// <param name="change">The change.</param>
    /// <param name="witness">The row that carries the change's stamp once it is written.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    public Task<bool> SubmitAsync(RunChange change, string witness, CancellationToken cancellationToken) =>
        SubmitAsync(change, witness, leavesTodo: change.LeavesSomething, cancellationToken);

    private async Task<bool> SubmitAsync(
        RunChange change, string witness, bool leavesTodo, CancellationToken cancellationToken)
    {
        if (leavesTodo)
        {
            var todo = new Todo(change.Gone, change.ConsumedLater);
            change.Leave(await records.OfTodoAsync(
                change.RunId, todo, change.Stamp, time.GetUtcNow(), change.Room, cancellationToken));
        }

        try
        {
            var written = await tables.Runs.SubmitTransactionAsync(change.Actions, cancellationToken);
            change.Written([.. written.Value.Select(row => row.Headers.ETag)]);
            foreach (var task in change.Tasks)
            {
                rowCache.Note(task);
            }

            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            foreach (var entity in change.Tasks.Append(change.Run).OfType<TableEntity>())
            {
                rowCache.Forget(entity.PartitionKey, entity.RowKey);
            }

            // the client repeats a request without a response, and the conflict may be with its own first attempt
            var row = await tables.Runs.FindAsync(RunKey.Partition(change.RunId), witness, cancellationToken);
            return row is not null && Records.StampOf(row) == change.Stamp;
        }
    }

    /// <summary>
    /// Does the remaining work of a written change. A failure is left to the process that finds the to-do.
    /// </summary>
    public async Task FinishAsync(RunChange change, RowAddress? announcement)
    {
        try
        {
            await FinishWithAsync(change, announcement);
            if (change.Run is { } run)
            {
                rowCache.Note(run);
            }
        }
        catch (Exception failure)
        {
            rowCache.Forget(RunKey.Partition(change.RunId), RunKey.Run);
            log.LogWarning(failure, "Saved run {RunId}, but not its index entry. The sweeper will add it.", change.RunId);
        }
    }

    // the announcement leads to all remaining work, so it goes after everything but the to-do, together with other
    // changes in its partition; a to-do left over after that has no work left
    private async Task FinishWithAsync(RunChange change, RowAddress? announcement)
    {
        var work = RunKey.Work(change.RunId);
        bool IsApart(string partition) => announcement is not null && partition == work;
        await Task.WhenAll(
            index.WriteAsync(
                change.Rows.Where(row => !IsApart(row.Address.Partition)),
                change.Gone.Where(row => !IsApart(row.Partition)),
                CancellationToken.None),
            MarkConsumedAsync(change.RunId, change.ConsumedLater, CancellationToken.None),
            starter.CreateAsync(change.Starts, InsertAsync, CancellationToken.None));
        if (announcement is not null)
        {
            await index.WriteAsync(
                change.Rows.Where(row => IsApart(row.Address.Partition)),
                change.Gone.Where(row => IsApart(row.Partition)).Append(announcement),
                CancellationToken.None);
        }

        if (change.TodoEntity is { } todo)
        {
            var started = change.StartsEntity is { } starts ? new[] { (starts, change.Starts) } : [];
            await ForgetAsync([todo], started, CancellationToken.None);
        }
    }

    public Task WithdrawAsync(RowAddress? announcement) =>
        announcement is null ? Task.CompletedTask : index.TakeAwayAsync(announcement, CancellationToken.None);

    /// <summary>Marks responses that were too many for the transaction that consumed them.</summary>
    public Task MarkConsumedAsync(string runId, IReadOnlyList<string> responses, CancellationToken cancellationToken) =>
        Task.WhenAll(responses.Chunk(IndexWriter.MaxActions).Select(chunk => tables.Runs.SubmitTransactionAsync(
            chunk.Select(id => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge, Records.ConsumedResponse(runId, id), ETag.All)),
            cancellationToken)));

    /// <summary>
    /// Writes a run that another one starts, and its index rows. Returns false when it already exists. It needs neither
    /// announcement nor to-do: the starting run keeps its own until this has succeeded.
    /// </summary>
    /// <param name="first">The run and its first turn, which starts no others.</param>
    /// <param name="cancellationToken">Stops before the write.</param>
    public async Task<bool> InsertAsync(TurnCommit first, CancellationToken cancellationToken)
    {
        var change = Begin(first.Run.Id);
        await AddNewAsync(change, first, cancellationToken);
        if (!await SubmitAsync(change, RunKey.Run, leavesTodo: false, cancellationToken))
        {
            return false;
        }

        await FinishWithAsync(change, null);
        return true;
    }

    /// <summary>Adds a new run with the records of its first turn.</summary>
    public async Task AddNewAsync(RunChange change, TurnCommit first, CancellationToken cancellationToken)
    {
        var place = RunPlace.Of(first.Run, null);
        change.Add(await records.OfRunAsync(first.Run, place, change.Stamp, change.Room, cancellationToken));
        change.Move([], place.Rows());
        await runRecords.AddAsync(change, first, [], cancellationToken);
    }

    /// <summary>Deletes to-dos, and what starts no longer need.</summary>
    public async Task ForgetAsync(
        IReadOnlyList<TableEntity> todos,
        IReadOnlyList<(TableEntity Entity, IReadOnlyList<RunStart> Starts)> started,
        CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction>();
        foreach (var (entity, starts) in started)
        {
            var done = await records.OfStartedAsync(entity, starts.Select(start => start.Run.Id), cancellationToken);
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, done));
        }

        if (actions.Count > 0 && actions.Count + todos.Count <= IndexWriter.MaxActions)
        {
            actions.AddRange(todos.Select(todo => new TableTransactionAction(TableTransactionActionType.Delete, todo, ETag.All)));
            try
            {
                await tables.Runs.SubmitTransactionAsync(actions, cancellationToken);
                return;
            }
            catch (RequestFailedException failure) when (failure.IsConflict())
            {
                // another process has completed a to-do; deleted one by one, a missing to-do is not a failure
            }
        }

        foreach (var action in actions.Where(action => action.ActionType == TableTransactionActionType.UpsertReplace))
        {
            await tables.Runs.UpsertEntityAsync((TableEntity)action.Entity, TableUpdateMode.Replace, cancellationToken);
        }

        foreach (var todo in todos)
        {
            await tables.Runs.DeleteEntityAsync(todo.PartitionKey, todo.RowKey, ETag.All, cancellationToken);
        }
    }
}
