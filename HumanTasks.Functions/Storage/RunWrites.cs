using Azure.Data.Tables;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Functions.Storage;

/// <summary>The conditional writes of <see cref="IRunStore"/>, each as one transaction.</summary>
internal sealed class RunWrites(
    RunPartition partition,
    Records records,
    RunRecords runRecords,
    RunWriter writer,
    RunRepair repair,
    IndexWriter index,
    Allowances allowances,
    RunTrees trees,
    TimeProvider time)
{
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

        // a run that a caller starts is the root of its tree, and its first turn stays far below any limit
        if (first.Tree is { } tree)
        {
            await trees.TryGrowAsync(tree, first.Descendants, cancellationToken);
        }

        await writer.AddNewAsync(change, first, cancellationToken);
        var kept = await KeepAsync(change, RunChanged.Of(first), cancellationToken);
        if (await writer.SubmitAsync(change, RunKey.Run, cancellationToken))
        {
            kept?.IsCommitted();
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

    public async Task<CommitResult> CommitAsync(TurnCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Tree is not { } tree)
        {
            return await WriteAsync(commit, cancellationToken) ? CommitResult.Committed : await RefusedAsync(commit, cancellationToken);
        }

        if (!await trees.TryGrowAsync(tree, commit.Descendants, cancellationToken))
        {
            return CommitResult.TreeIsFull;
        }

        if (await WriteAsync(commit, cancellationToken))
        {
            return CommitResult.Committed;
        }

        await trees.ShrinkAsync(tree, commit.Descendants, CancellationToken.None);
        return await RefusedAsync(commit, cancellationToken);
    }

    /// <summary>Returns why a turn was refused. An earlier equal submission takes precedence, as for a task alone.</summary>
    private async Task<CommitResult> RefusedAsync(TurnCommit commit, CancellationToken cancellationToken) =>
        commit.Accepted is { SubmissionKey: { } key } response
        && await partition.FindAsync(commit.Run.Id, RunKey.OfSubmission(response.TaskId, key), cancellationToken) is not null
            ? CommitResult.Repeated
            : CommitResult.Conflict;

    private async Task<bool> WriteAsync(TurnCommit commit, CancellationToken cancellationToken)
    {
        var runId = commit.Run.Id;
        var change = writer.Begin(runId);
        var announced = writer.AnnounceAsync(change, cancellationToken);
        var reading = partition.HeadAtAsync(runId, commit.ExpectedVersion, cancellationToken);
        var tasks = await Task.WhenAll(commit.Tasks.Select(task => task.History.Version == 1
            ? Task.FromResult<TableEntity?>(null)
            : partition.TaskAtAsync(task.Id, task.History.Version - 1, cancellationToken)));
        var head = await reading;
        var announcement = await announced;

        var conflicts = commit.Tasks.Zip(tasks).Any(pair => pair.First.History.Version > 1 && pair.Second is null);
        if (conflicts || head.Run is not { } before)
        {
            await writer.WithdrawAsync(announcement);
            return false;
        }

        if (head.Todos.Count > 0)
        {
            // this turn may delete rows that lead to the run: a response that it consumes needs none any more
            await repair.RepairAsync(runId, cancellationToken);
        }

        var was = RunPlace.Read(before, runId);
        var place = RunPlace.Of(commit.Run, was);
        change.Replace(await records.OfRunAsync(commit.Run, place, change.Stamp, change.Room, cancellationToken), before);
        change.Move(was.Rows(), place.Rows());
        await runRecords.AddAsync(change, commit, tasks, cancellationToken);
        var kept = await KeepAsync(change, RunChanged.Of(commit), cancellationToken);
        if (!await writer.SubmitAsync(change, RunKey.Run, cancellationToken))
        {
            await writer.WithdrawAsync(announcement);
            return false;
        }

        kept?.IsCommitted();
        await writer.FinishAsync(change, announcement);
        return true;
    }

    /// <summary>
    /// Changes a run's state and nothing else of its body; returns null when there is nothing to write.
    /// </summary>
    public async Task<RunMark?> RestateAsync(
        string runId, Func<RunMark, Restatement?> restate, CancellationToken cancellationToken)
    {
        while (await partition.RunAsync(runId, cancellationToken) is { } before)
        {
            var (was, body) = (RunPlace.Read(before, runId), await records.BodyAsync(before, cancellationToken));
            var mark = new RunMark(
                runId, Records.VersionOf(before), RunBody.CorrelationIdOf(body) ?? runId, was.RunStatus, RunBody.StateOf(body));
            if (restate(mark) is not { } wanted)
            {
                return null;
            }

            var version = mark.Version + 1;
            var place = was.Restated(wanted.State, wanted.Line.At, version);
            var change = writer.Begin(runId);
            var announcement = await writer.AnnounceAsync(change, cancellationToken);
            change.Replace(
                await records.OfRunBodyAsync(
                    place, version, RunBody.With(body, wanted.State, wanted.Line.At, version), change.Stamp, change.Room, cancellationToken),
                before);
            change.Move(was.Rows(), place.Rows());
            change.Add(await records.OfLogAsync(runId, version, [wanted.Line], change.Stamp, change.Room, cancellationToken));
            if (await writer.SubmitAsync(change, RunKey.Run, cancellationToken))
            {
                await writer.FinishAsync(change, announcement);
                return mark;
            }

            await writer.WithdrawAsync(announcement); // a concurrent write came first: read it again
        }

        return null;
    }

    /// <summary>Accepts a response with its task; the run takes the turn of it later.</summary>
    public async Task<CommitResult> AcceptAsync(
        HumanTask task, HumanResponse response, CancellationToken cancellationToken)
    {
        if (HumanTask.RunIdOf(task.Id) is not { } runId)
        {
            return CommitResult.Conflict;
        }

        var change = writer.Begin(runId);
        var open = Work.OpenResponse(runId, response.Id, time.GetUtcNow());
        var announced = index.PutAsync(open, cancellationToken);
        var before = await partition.TaskAtAsync(task.Id, task.History.Version - 1, cancellationToken);
        await announced;
        if (before is null)
        {
            return await RefusedAsync(task, response, open, cancellationToken);
        }

        await runRecords.ReplaceTaskAsync(change, task, before, cancellationToken);
        await runRecords.AddResponseAsync(change, response, task, consumed: false, cancellationToken);
        if (!await writer.SubmitAsync(change, RunKey.OfResponse(response.Id), cancellationToken))
        {
            return await RefusedAsync(task, response, open, cancellationToken);
        }

        await writer.FinishAsync(change, null);
        return CommitResult.Committed;
    }

    /// <summary>Changes a task alone.</summary>
    public async Task<CommitResult> CommitAsync(TaskCommit commit, CancellationToken cancellationToken)
    {
        var task = commit.Task;
        if (HumanTask.RunIdOf(task.Id) is not { } runId)
        {
            return CommitResult.Conflict;
        }

        var change = writer.Begin(runId);
        var announced = writer.AnnounceAsync(change, cancellationToken);
        var before = await partition.TaskAtAsync(task.Id, task.History.Version - 1, cancellationToken);
        var announcement = await announced;
        if (before is not null)
        {
            await runRecords.ReplaceTaskAsync(change, task, before, cancellationToken);
            var kept = await KeepAsync(change, RunChanged.Of(commit), cancellationToken);
            if (await writer.SubmitAsync(change, RunKey.OfTask(task.Id), cancellationToken))
            {
                kept?.IsCommitted();
                await writer.FinishAsync(change, announcement);
                return CommitResult.Committed;
            }
        }

        await writer.WithdrawAsync(announcement);
        return CommitResult.Conflict;
    }

    /// <summary>Adds the response to the request that asks for a change to the change's transaction.</summary>
    private async Task<KeptAnswer.Pending?> KeepAsync(RunChange change, RunChanged changed, CancellationToken cancellationToken)
    {
        if (await KeptAnswer.WithAsync(changed) is not { } kept)
        {
            return null;
        }

        change.Add(await records.OfAnswerAsync(change.RunId, kept, change.Stamp, change.Room, cancellationToken));
        return kept;
    }

    /// <summary>
    /// Returns why a response was refused. An earlier equal submission takes precedence over a changed task.
    /// </summary>
    private async Task<CommitResult> RefusedAsync(
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

        return await submission is not null || accepted is not null ? CommitResult.Repeated : CommitResult.Conflict;
    }
}
