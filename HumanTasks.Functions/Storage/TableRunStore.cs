using Azure.Data.Tables;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Functions.Sweeping;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The store of runs, their tasks, responses and log lines in Azure Tables. Everything of a run is in one partition,
/// and a turn is one transaction there. The index points to it and may lag behind; see <see cref="RunWriter"/>.
/// </summary>
internal sealed class TableRunStore(
    RunPartition partition,
    Records records,
    RunRepair repair,
    RunWrites writes,
    RunLists runLists,
    TaskLists taskLists,
    RunLog log,
    RunQueue queue,
    RunPurge purge,
    RunSweep sweep) : IRunStore, IRunIndex
{
    public async Task<Run?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        var head = await partition.HeadAsync(runId, cancellationToken);
        if (head.Run is null)
        {
            return null;
        }

        if (repair.IsDue(head))
        {
            await RepairAsync(runId, head, cancellationToken);
        }

        return await records.RunAsync(head.Run, cancellationToken);
    }

    public async Task<RunStanding?> FindStandingAsync(string runId, CancellationToken cancellationToken)
    {
        var standing = await partition.StandingAsync(runId, cancellationToken);
        if (standing.Head.Run is null)
        {
            return null;
        }

        if (repair.IsDue(standing.Head))
        {
            await RepairAsync(runId, standing.Head, cancellationToken);
        }

        var run = await records.RunAsync(standing.Head.Run, cancellationToken);
        var task = run.State is RunState.Paused paused
            ? standing.Tasks.FirstOrDefault(entity => entity.RowKey == RunKey.OfTask(paused.TaskId))
            : null;
        return new RunStanding(
            run,
            task is null ? null : await records.TaskAsync(task, cancellationToken),
            await ReadAsync(standing.Unconsumed, cancellationToken));
    }

    public async Task<RunDetails?> FindDetailsAsync(string runId, CancellationToken cancellationToken)
    {
        var found = await partition.DetailsAsync(runId, cancellationToken);
        if (found.Head.Run is null)
        {
            return null;
        }

        if (repair.IsDue(found.Head))
        {
            await RepairAsync(runId, found.Head, cancellationToken);
        }

        return new RunDetails(
            await records.RunAsync(found.Head.Run, cancellationToken),
            await TasksAsync(found.Tasks, cancellationToken),
            await StartedAsync(found.Starts, cancellationToken));
    }

    public async Task<HumanTask?> FindTaskAsync(string taskId, CancellationToken cancellationToken) =>
        await partition.TaskAsync(taskId, cancellationToken) is { } entity
            ? await records.TaskAsync(entity, cancellationToken)
            : null;

    public async Task<IReadOnlyList<HumanTask>> TasksOfRunAsync(string runId, CancellationToken cancellationToken) =>
        await TasksAsync(await partition.ListAsync(runId, RunKey.Task, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<HumanResponse>> ResponsesOfTaskAsync(string taskId, CancellationToken cancellationToken) =>
        HumanTask.RunIdOf(taskId) is { } runId
            ? await ReadAsync(await partition.ResponsesAsync(runId, $"Task eq {taskId}", cancellationToken), cancellationToken)
            : [];

    public async Task<HumanResponse?> FindSubmissionAsync(
        string taskId, string submissionKey, CancellationToken cancellationToken)
    {
        if (HumanTask.RunIdOf(taskId) is not { } runId
            || await partition.FindAsync(runId, RunKey.OfSubmission(taskId, submissionKey), cancellationToken) is not { } key)
        {
            return null;
        }

        var response = await partition.FindAsync(runId, RunKey.OfResponse(Records.ResponseIdOf(key)), cancellationToken);
        return response is null ? null : await records.ResponseAsync(response, cancellationToken);
    }

    public async Task<IReadOnlyList<HumanResponse>> UnconsumedResponsesAsync(string runId, CancellationToken cancellationToken) =>
        await ReadAsync(await partition.UnconsumedAsync(runId, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<string>> ContinuationsOfAsync(string runId, CancellationToken cancellationToken) =>
        await StartedAsync(await partition.ListAsync(runId, RunKey.Starts, cancellationToken), cancellationToken);

    public Task<CreateResult> CreateAsync(TurnCommit first, Metering? metering, CancellationToken cancellationToken) =>
        writes.CreateAsync(first, metering, cancellationToken);

    public Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken) => commit switch
    {
        TurnCommit turn => writes.CommitAsync(turn, cancellationToken),
        TaskCommit { Accepted: { } response } accepted => writes.AcceptAsync(accepted.Task, response, cancellationToken),
        TaskCommit task => writes.CommitAsync(task, cancellationToken),
        _ => throw new ArgumentException($"{commit.GetType().Name} is no commit.", nameof(commit)),
    };

    public Task<RunMark?> RestateAsync(
        string runId, Func<RunMark, Restatement?> restate, CancellationToken cancellationToken) =>
        writes.RestateAsync(runId, restate, cancellationToken);

    public Task<Page<Run>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken) =>
        runLists.ReadAsync(query, cancellationToken);

    public Task<int> CountRunsAsync(RunQuery query, int most, CancellationToken cancellationToken) =>
        runLists.CountAsync(query, most, cancellationToken);

    public Task<Page<HumanTask>> ListTasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        taskLists.ReadAsync(query, cancellationToken);

    public Task<int> CountTasksAsync(TaskQuery query, int most, CancellationToken cancellationToken) =>
        taskLists.CountAsync(query, most, cancellationToken);

    public Task<Page<LogLine>> ReadLogAsync(string runId, string? cursor, int limit, CancellationToken cancellationToken) =>
        log.ReadAsync(runId, cursor, limit, cancellationToken);

    public Task<IReadOnlyList<string>> ReleaseQueuedAsync(
        string environment, Metering metering, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        queue.ReleaseAsync(environment, metering, now, limit, cancellationToken);

    public Task<IReadOnlyList<string>> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        purge.PurgeAsync(now, limit, cancellationToken);

    public Task<IReadOnlyList<string>> PurgeableAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        purge.PurgeableAsync(now, limit, cancellationToken);

    public Task PurgeOneAsync(string runId, CancellationToken cancellationToken) => purge.DeleteAsync(runId, cancellationToken);

    public Task<Page<string>> UnconsumedAsync(
        DateTimeOffset before, string? cursor, int limit, CancellationToken cancellationToken) =>
        sweep.UnconsumedAsync(before, cursor, limit, cancellationToken);

    public Task<Page<string>> DueAsync(
        DateTimeOffset before, string? cursor, int limit, CancellationToken cancellationToken) =>
        sweep.DueAsync(before, cursor, limit, cancellationToken);

    private async Task RepairAsync(string runId, RunHead head, CancellationToken cancellationToken)
    {
        try
        {
            await repair.RepairAsync(runId, cancellationToken);
        }
        catch (Exception fault) when (
            fault is Azure.RequestFailedException or StorageUnavailableException && !head.Todos.Any(Records.IsUrgent))
        {
            // the next reader or the sweeper repairs the index
        }
    }

    private Task<HumanTask[]> TasksAsync(IEnumerable<TableEntity> entities, CancellationToken cancellationToken) =>
        Task.WhenAll(entities
            .OrderBy(Records.OrderOf)
            .Select(entity => records.TaskAsync(entity, cancellationToken).AsTask()));

    private async Task<string[]> StartedAsync(IEnumerable<TableEntity> entities, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var entity in entities)
        {
            ids.AddRange(await records.StartedAsync(entity, cancellationToken));
        }

        return [.. ids.Distinct()];
    }

    private Task<HumanResponse[]> ReadAsync(IEnumerable<TableEntity> entities, CancellationToken cancellationToken) =>
        Task.WhenAll(entities.Select(entity => records.ResponseAsync(entity, cancellationToken).AsTask()));
}
