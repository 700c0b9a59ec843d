using Azure.Data.Tables;
using HumanTasks.Core;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Functions.Storage;

/// <summary>Reads entities of one run.</summary>
internal sealed class RunPartition(TableClient runs, RowCache rowCache)
{
    /// <summary>Reads the run and the to-dos of its writes.</summary>
    public async Task<RunHead> HeadAsync(string runId, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(runId))
        {
            return new RunHead(null, []);
        }

        TableEntity? run = null;
        var todos = new List<TableEntity>();
        var head = runs.RangeAsync(RunKey.Partition(runId), RunKey.Run, Key.After(RunKey.Run), cancellationToken);
        await foreach (var entity in head)
        {
            if (entity.RowKey == RunKey.Run)
            {
                run = entity;
            }
            else
            {
                todos.Add(entity);
            }
        }

        return new RunHead(run, todos);
    }

    /// <summary>
    /// Reads a snapshot of a run, its to-dos, its tasks and its unconsumed responses: one query of one partition is a
    /// snapshot as long as its result fits one page.
    /// </summary>
    public async Task<RunPage> StandingAsync(string runId, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(runId))
        {
            return new RunPage(new RunHead(null, []), [], []);
        }

        while (true)
        {
            var (entities, pages) = await ReadAsync(StandingFilter(RunKey.Partition(runId)), cancellationToken);
            var responses = Under(RunKey.Response, entities);
            if (pages > 1 && (await UnconsumedAsync(runId, cancellationToken)).Count != responses.Count)
            {
                continue; // answered between two pages
            }

            var head = HeadOf(entities);
            var tasks = Under(RunKey.Task, entities);
            Note(runId, head);
            tasks.ForEach(rowCache.Note);
            return new RunPage(head, tasks, Sorted(responses));
        }
    }

    /// <summary>Reads a run, its to-dos, its tasks and what it started, in one query.</summary>
    public async Task<(RunHead Head, List<TableEntity> Tasks, List<TableEntity> Starts)> DetailsAsync(
        string runId, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(runId))
        {
            return (new RunHead(null, []), [], []);
        }

        var (entities, _) = await ReadAsync(DetailsFilter(RunKey.Partition(runId)), cancellationToken);
        return (HeadOf(entities), Under(RunKey.Task, entities), Under(RunKey.Starts, entities));
    }

    private async Task<(List<TableEntity> Entities, int Pages)> ReadAsync(string filter, CancellationToken cancellationToken)
    {
        var entities = new List<TableEntity>();
        var pages = 0;
        await foreach (var page in runs.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages())
        {
            pages++;
            entities.AddRange(page.Values);
        }

        return (entities, pages);
    }

    private static RunHead HeadOf(List<TableEntity> entities) =>
        new(entities.Find(entity => entity.RowKey == RunKey.Run), Under(RunKey.Run, entities));

    private static List<TableEntity> Under(string kind, List<TableEntity> entities) =>
        entities.FindAll(entity => entity.RowKey.StartsWith(Key.Under(kind), StringComparison.Ordinal));

    public async Task<TableEntity?> RunAsync(string runId, CancellationToken cancellationToken) =>
        Ids.IsId(runId) ? await FindAsync(runId, RunKey.Run, cancellationToken) : null;

    public async Task<TableEntity?> TaskAsync(string taskId, CancellationToken cancellationToken)
    {
        if (HumanTask.RunIdOf(taskId) is not { } runId
            || await FindAsync(runId, RunKey.OfTask(taskId), cancellationToken) is not { } entity)
        {
            return null;
        }

        rowCache.Note(entity);
        return entity;
    }

    /// <summary>Returns the row of a task if it is at this version, or null.</summary>
    public async Task<TableEntity?> TaskAtAsync(string taskId, int version, CancellationToken cancellationToken) =>
        HumanTask.RunIdOf(taskId) is not { } runId ? null
        : rowCache.Find(RunKey.Partition(runId), RunKey.OfTask(taskId), version)
            ?? (await TaskAsync(taskId, cancellationToken) is { } entity && Records.VersionOf(entity) == version ? entity : null);

    /// <summary>Returns the head of a run if it is at this version, or a head without a row.</summary>
    public async Task<RunHead> HeadAtAsync(string runId, int version, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(runId) || rowCache.Find(RunKey.Partition(runId), RunKey.Run, version) is not { } known)
        {
            var head = await HeadAsync(runId, cancellationToken);
            return head.Run is { } run && Records.VersionOf(run) == version ? head : head with { Run = null };
        }

        return new RunHead(known, []);
    }

    // a run with to-dos is not cached: its next write must find them
    private void Note(string runId, RunHead head)
    {
        if (head is { Run: { } run, Todos.Count: 0 })
        {
            rowCache.Note(run);
        }
        else
        {
            rowCache.Forget(RunKey.Partition(runId), RunKey.Run);
        }
    }

    public Task<TableEntity?> FindAsync(string runId, string row, CancellationToken cancellationToken) =>
        runs.FindAsync(RunKey.Partition(runId), row, cancellationToken);

    /// <summary>Returns all entities of a kind, by key.</summary>
    public async Task<List<TableEntity>> ListAsync(string runId, string kind, CancellationToken cancellationToken) =>
        Ids.IsId(runId) ? await runs.ListAsync(RunKey.Partition(runId), kind, cancellationToken) : [];

    /// <summary>Returns the responses of a run, oldest first.</summary>
    public async Task<List<TableEntity>> ResponsesAsync(
        string runId, FormattableString? only, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(runId))
        {
            return [];
        }

        var partition = RunKey.Partition(runId);
        var (from, to) = (Key.Under(RunKey.Response), Key.After(RunKey.Response));
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        var filter = only is null ? range : $"{range} and {TableClient.CreateQueryFilter(only)}";
        var responses = new List<TableEntity>();
        await foreach (var entity in runs.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            responses.Add(entity);
        }

        return Sorted(responses);
    }

    private static List<TableEntity> Sorted(IEnumerable<TableEntity> responses) =>
    [
        .. responses
            .OrderBy(Records.AtOf)
            .ThenBy(Records.OrderOf)
            .ThenBy(entity => entity.RowKey, StringComparer.Ordinal),
    ];

    private static string DetailsFilter(string partition)
    {
        var (run, afterRun) = (RunKey.Run, Key.After(RunKey.Run));
        var (starts, afterStarts) = (Key.Under(RunKey.Starts), Key.After(RunKey.Starts));
        var (tasks, afterTasks) = (Key.Under(RunKey.Task), Key.After(RunKey.Task));
        return TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {run} and RowKey lt {afterTasks} and (RowKey lt {afterRun} or (RowKey ge {starts} and RowKey lt {afterStarts}) or RowKey ge {tasks})");
    }

    private static string StandingFilter(string partition)
    {
        var (responses, afterResponses) = (Key.Under(RunKey.Response), Key.After(RunKey.Response));
        var (run, afterRun) = (RunKey.Run, Key.After(RunKey.Run));
        var (tasks, afterTasks) = (Key.Under(RunKey.Task), Key.After(RunKey.Task));
        return TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {responses} and RowKey lt {afterTasks} and (RowKey ge {tasks} or (RowKey ge {run} and RowKey lt {afterRun}) or (RowKey lt {afterResponses} and Consumed eq {false}))");
    }

    public Task<List<TableEntity>> UnconsumedAsync(string runId, CancellationToken cancellationToken) =>
        ResponsesAsync(runId, $"Consumed eq {false}", cancellationToken);
}
