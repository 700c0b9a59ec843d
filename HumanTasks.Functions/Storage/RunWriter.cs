using Azure;
using Azure.Data.Tables;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Submits changes of runs: one transaction in the run's partition, then what it leaves to do outside. The transaction
/// is the write. What follows it may be cut off at any point: its todo is still there then, and so is the announcement
/// that leads the sweeper to it.
/// </summary>
internal sealed class RunWriter(
    StorageTables tables,
    Records records,
    Belongings belongings,
    IndexWriter index,
    RunStarter starter,
    Seen seen,
    TimeProvider time,
    ILogger<RunWriter> log)
{
    public RunChange Begin(string runId) => new(runId, Ids.New(time.GetUtcNow()));

    /// <summary>Puts down, before its transaction, that a change is on its way.</summary>
    public async Task<RowAddress> AnnounceAsync(RunChange change, CancellationToken cancellationToken)
    {
        var (partition, row) = Work.Announcement(change.RunId, change.Stamp);
        await index.PutAsync(new IndexRow(partition, row, change.RunId).ToEntity(), cancellationToken);
        return new RowAddress(partition, row);
    }

    /// <summary>Writes the change. False, and nothing written, when somebody else was first.</summary>
    /// <param name="change">What to write.</param>
    /// <param name="witness">The row that bears the change's stamp once it is written.</param>
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
                seen.Note(task);
            }

            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            foreach (var entity in change.Tasks.Append(change.Run).OfType<TableEntity>())
            {
                seen.Forget(entity.PartitionKey, entity.RowKey);
            }

            // the client repeats what it has no answer to, and then the first attempt may be who was first
            var row = await tables.Runs.FindAsync(RunKey.Partition(change.RunId), witness, cancellationToken);
            return row is not null && Records.StampOf(row) == change.Stamp;
        }
    }

    /// <summary>Does what a written change leaves to do. A failure is left to whoever finds the todo.</summary>
    public async Task FinishAsync(RunChange change, RowAddress? announcement)
    {
        try
        {
            await FinishWithAsync(change, announcement);
            if (change.Run is { } run)
            {
                seen.Note(run);
            }
        }
        catch (Exception failure)
        {
            seen.Forget(RunKey.Partition(change.RunId), RunKey.Run);
            log.LogWarning(failure, "The run {RunId} is written; the sweeper will bring the index after.", change.RunId);
        }
    }

    // the announcement leads to all that may be left, so it goes after everything but the todo, together with what else
    // changes in its partition; a todo that stays behind then is one of which everything was done
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
    /// Writes a run that another one starts, and the index. False when it is there already. It needs no announcement and
    /// no todo: the starting run keeps its own until this has succeeded.
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

    /// <summary>A run that is not there yet, with what its first turn brought.</summary>
    public async Task AddNewAsync(RunChange change, TurnCommit first, CancellationToken cancellationToken)
    {
        var place = RunPlace.Of(first.Run, null);
        change.Add(await records.OfRunAsync(first.Run, place, change.Stamp, change.Room, cancellationToken));
        change.Move([], place.Rows());
        await belongings.AddAsync(change, first, [], cancellationToken);
    }

    /// <summary>Deletes todos, and with them what starts need no longer.</summary>
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
                // somebody else has seen to a todo; one after the other, that is no failure
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
