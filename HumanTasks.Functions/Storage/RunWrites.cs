using Azure.Data.Tables;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Functions.Storage;

/// <summary>The conditional writes of <see cref="IRunStore"/>: what each puts into its transaction.</summary>
internal sealed class RunWrites(
    RunPartition partition,
    Records records,
    RunWriter writer,
    RunRepair repair,
    IndexWriter index,
    Allowances allowances,
    TimeProvider time)
{
    /// <summary>More responses than this are consumed after the transaction, which takes 100 changes at most.</summary>
    private const int MaxConsumed = 50;

    private const int MaxTasks = 40;

    public async Task<CreateResult> CreateAsync(
        TurnCommit first, Metering? metering, CancellationToken cancellationToken)
    {
        var run = first.Run;
        var change = writer.Begin(run.Id);
        var announced = writer.AnnounceAsync(change, cancellationToken);
        var counted = metering is null
            ? 1
            : await allowances.ReserveAsync(run.Environment, metering, run.Id, 1, cancellationToken);
        var announcement = await announced;
        if (counted == 0)
        {
            await writer.WithdrawAsync(announcement);
            return await partition.RunAsync(run.Id, cancellationToken) is null
                ? CreateResult.AllowanceExhausted
                : CreateResult.AlreadyExists;
        }

        var place = RunPlace.Of(run, null);
        change.Add(await records.OfRunAsync(run, place, change.Stamp, change.Room, cancellationToken));
        change.Move([], place.Rows());
        await AddBelongingsAsync(change, first, [], cancellationToken);
        if (await writer.SubmitAsync(change, RunKey.Run, cancellationToken))
        {
            await writer.FinishAsync(change, announcement);
            return CreateResult.Created;
        }

        if (metering is not null)
        {
            await allowances.GiveBackAsync(run.Environment, metering, run.Id, 1, CancellationToken.None);
        }

        await writer.WithdrawAsync(announcement);
        return CreateResult.AlreadyExists;
    }

    public async Task<bool> CommitAsync(TurnCommit commit, CancellationToken cancellationToken)
    {
        var runId = commit.Run.Id;
        var change = writer.Begin(runId);
        var announced = writer.AnnounceAsync(change, cancellationToken);
        var reading = partition.HeadAsync(runId, cancellationToken);
        var tasks = await Task.WhenAll(commit.Tasks.Select(task =>
            task.Version == 1 ? Task.FromResult<TableEntity?>(null) : partition.TaskAsync(task.Id, cancellationToken)));
        var head = await reading;
        var announcement = await announced;

        var conflicts = commit.Tasks.Zip(tasks).Any(pair =>
            pair.First.Version > 1 && (pair.Second is null || Records.VersionOf(pair.Second) != pair.First.Version - 1));
        if (conflicts || head.Run is not { } before || Records.VersionOf(before) != commit.ExpectedVersion)
        {
            await writer.WithdrawAsync(announcement);
            return false;
        }

        if (head.Todos.Count > 0)
        {
            // what led to it may go with this turn: a response that it consumes leads nowhere any more
            await repair.RepairAsync(runId, cancellationToken);
        }

        var was = RunPlace.Read(before, runId);
        var place = RunPlace.Of(commit.Run, was);
        change.Replace(await records.OfRunAsync(commit.Run, place, change.Stamp, change.Room, cancellationToken), before);
        change.Move(was.Rows(), place.Rows());
        await AddBelongingsAsync(change, commit, tasks, cancellationToken);
        if (!await writer.SubmitAsync(change, RunKey.Run, cancellationToken))
        {
            await writer.WithdrawAsync(announcement);
            return false;
        }

        await writer.FinishAsync(change, announcement);
        return true;
    }

    public async Task<AcceptResult> AcceptAsync(
        HumanTask task, HumanResponse response, CancellationToken cancellationToken)
    {
        if (HumanTask.RunIdOf(task.Id) is not { } runId)
        {
            return AcceptResult.Conflict;
        }

        var change = writer.Begin(runId);
        var open = Work.OpenResponse(runId, response.Id, time.GetUtcNow());
        var announced = index.PutAsync(open, cancellationToken);
        var before = await partition.TaskAsync(task.Id, cancellationToken);
        await announced;
        if (before is null || Records.VersionOf(before) != task.Version - 1)
        {
            return await RefusedAsync(task, response, open, cancellationToken);
        }

        await ReplaceTaskAsync(change, task, before, cancellationToken);
        change.Add(await records.OfResponseAsync(response, task.Version, change.Stamp, change.Room, cancellationToken));
        if (response.SubmissionKey is { } key)
        {
            change.Add(Records.OfSubmission(response, key, change.Stamp));
        }

        if (!await writer.SubmitAsync(change, RunKey.OfResponse(response.Id), cancellationToken))
        {
            return await RefusedAsync(task, response, open, cancellationToken);
        }

        await writer.FinishAsync(change, null);
        return AcceptResult.Accepted;
    }

    public async Task<bool> UpdateTaskAsync(HumanTask task, CancellationToken cancellationToken)
    {
        if (HumanTask.RunIdOf(task.Id) is not { } runId)
        {
            return false;
        }

        var change = writer.Begin(runId);
        var announced = writer.AnnounceAsync(change, cancellationToken);
        var before = await partition.TaskAsync(task.Id, cancellationToken);
        var announcement = await announced;
        if (before is not null && Records.VersionOf(before) == task.Version - 1)
        {
            await ReplaceTaskAsync(change, task, before, cancellationToken);
            if (await writer.SubmitAsync(change, RunKey.OfTask(task.Id), cancellationToken))
            {
                await writer.FinishAsync(change, announcement);
                return true;
            }
        }

        await writer.WithdrawAsync(announcement);
        return false;
    }

    /// <summary>A submission that came before counts more than a task that has moved on.</summary>
    private async Task<AcceptResult> RefusedAsync(
        HumanTask task, HumanResponse response, TableEntity open, CancellationToken cancellationToken)
    {
        var submission = response.SubmissionKey is { } key
            ? partition.FindAsync(task.RunId, RunKey.OfSubmission(task.Id, key), cancellationToken)
            : Task.FromResult<TableEntity?>(null);
        var accepted = await partition.FindAsync(task.RunId, RunKey.OfResponse(response.Id), cancellationToken);
        if (accepted is null)
        {
            await writer.WithdrawAsync(RowAddress.Of(open));
        }

        return await submission is not null || accepted is not null ? AcceptResult.Duplicate : AcceptResult.Conflict;
    }

    private async Task ReplaceTaskAsync(
        RunChange change, HumanTask task, TableEntity before, CancellationToken cancellationToken)
    {
        var was = TaskPlace.Read(before, task.Id);
        var place = TaskPlace.Of(task, was);
        var order = Records.OrderOf(before);
        change.Replace(
            await records.OfTaskAsync(task, place, order, change.Stamp, change.Room, cancellationToken), before);
        if (place != was)
        {
            change.Move(was.Rows(null), place.Rows(task));
        }
    }

    /// <param name="change">Takes the entities.</param>
    /// <param name="commit">What the turn changes.</param>
    /// <param name="before">The tasks as they are, in the order of the commit; null for new ones.</param>
    /// <param name="cancellationToken">Stops the upload of large values.</param>
    private async Task AddBelongingsAsync(
        RunChange change, TurnCommit commit, IReadOnlyList<TableEntity?> before, CancellationToken cancellationToken)
    {
        if (commit.Tasks.Count > MaxTasks)
        {
            throw new ArgumentException($"A turn changes at most {MaxTasks} tasks.", nameof(commit));
        }

        foreach (var (i, task) in commit.Tasks.Index())
        {
            if (i < before.Count && before[i] is { } existing)
            {
                await ReplaceTaskAsync(change, task, existing, cancellationToken);
                continue;
            }

            var place = TaskPlace.Of(task, null);
            var order = (commit.Run.Version * 1000L) + i;
            change.Add(await records.OfTaskAsync(task, place, order, change.Stamp, change.Room, cancellationToken));
            change.Move([], place.Rows(task));
        }

        if (commit.Log.Count > 0)
        {
            change.Add(await records.OfLogAsync(commit.Run, commit.Log, change.Stamp, change.Room, cancellationToken));
        }

        if (commit.Starts.Count > 0)
        {
            var starts = await records.OfStartsAsync(commit.Run, commit.Starts, change.Stamp, change.Room, cancellationToken);
            change.Start(starts, commit.Starts);
        }

        Consume(change, [.. commit.Consumed.Distinct()]);
    }

    private static void Consume(RunChange change, List<string> responses)
    {
        var work = RunKey.Work(change.RunId);
        foreach (var response in responses)
        {
            change.Drop(new RowAddress(work, Work.OpenRow(change.RunId, response)));
        }

        if (responses.Count > MaxConsumed)
        {
            change.ConsumeLater(responses);
            return;
        }

        foreach (var response in responses)
        {
            change.Merge(Records.ConsumedResponse(change.RunId, response));
        }
    }
}
