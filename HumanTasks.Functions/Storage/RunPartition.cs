using Azure.Data.Tables;
using HumanTasks.Core;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Functions.Storage;

/// <summary>Reads entities of one run.</summary>
internal sealed class RunPartition(TableClient runs)
{
    /// <summary>The run and what its writes left to do.</summary>
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

    public async Task<TableEntity?> RunAsync(string runId, CancellationToken cancellationToken) =>
        Ids.IsId(runId) ? await FindAsync(runId, RunKey.Run, cancellationToken) : null;

    public async Task<TableEntity?> TaskAsync(string taskId, CancellationToken cancellationToken) =>
        HumanTask.RunIdOf(taskId) is { } runId
            ? await FindAsync(runId, RunKey.OfTask(taskId), cancellationToken)
            : null;

    public Task<TableEntity?> FindAsync(string runId, string row, CancellationToken cancellationToken) =>
        runs.FindAsync(RunKey.Partition(runId), row, cancellationToken);

    /// <summary>All entities of a kind, by key.</summary>
    public async Task<List<TableEntity>> ListAsync(string runId, string kind, CancellationToken cancellationToken) =>
        Ids.IsId(runId) ? await runs.ListAsync(RunKey.Partition(runId), kind, cancellationToken) : [];

    /// <summary>The responses of a run, oldest first.</summary>
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

        return
        [
            .. responses
                .OrderBy(Records.AtOf)
                .ThenBy(Records.OrderOf)
                .ThenBy(entity => entity.RowKey, StringComparer.Ordinal),
        ];
    }

    public Task<List<TableEntity>> UnconsumedAsync(string runId, CancellationToken cancellationToken) =>
        ResponsesAsync(runId, $"Consumed eq {false}", cancellationToken);
}

/// <summary>A run's entity, when there is one, and its todos, oldest first.</summary>
internal sealed record RunHead(TableEntity? Run, IReadOnlyList<TableEntity> Todos);
