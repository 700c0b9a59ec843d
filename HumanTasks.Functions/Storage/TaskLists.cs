using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Lists of human tasks. For each order a task has a row under its status and one under its status and assignee. A list
/// without a status merges the lists of all statuses.
/// </summary>
internal sealed class TaskLists(RunPartition partition, Records records, ListReader reader)
{
    private const string Anybody = "~";

    private static readonly TaskStatus[] AllStatuses = Enum.GetValues<TaskStatus>();

    /// <summary>Returns the index partition of an environment's tasks.</summary>
    /// <param name="environment">The environment as a part of a key.</param>
    public static string Partition(string environment) => Key.Join("tasks", environment);

    /// <summary>Returns the key prefix of a list.</summary>
    /// <param name="sort">The order.</param>
    /// <param name="status">The status in lower case.</param>
    /// <param name="assignee">The assignee as a part of a key; null for any.</param>
    public static string Under(TaskSort sort, string status, string? assignee) =>
        Key.Join(TagOf(sort).ToString(), status, assignee ?? Anybody);

    public Task<Page<HumanTask>> ReadAsync(TaskQuery query, CancellationToken cancellationToken)
    {
        if (query.RunId is { } runId)
        {
            return ReadOfRunAsync(query, runId, cancellationToken);
        }

        TaskStatus[] statuses = query.Status is { } only ? [only] : AllStatuses;
        return reader.ReadAsync(
            Partition(Key.Of(query.Environment)),
            [.. statuses.SelectMany(status => ListsOf(query, query.Sort, status))],
            TagOf(query.Sort),
            query.Cursor,
            query.Limit,
            versioned: true,
            row => MayMatch(query, row),
            (row, stop) => ReadAsync(query, row, stop),
            cancellationToken);
    }

    /// <summary>
    /// Counts index rows. A row that lags behind its task counts until a reader finds it. The records of rows that an
    /// older build wrote without the facts that are asked for are read.
    /// </summary>
    public async Task<int> CountAsync(TaskQuery query, int most, CancellationToken cancellationToken)
    {
        if (query.RunId is { } runId)
        {
            var page = await ReadOfRunAsync(query with { Limit = most, Cursor = null }, runId, cancellationToken);
            return page.Items.Count;
        }

        TaskStatus[] statuses = query.Status is { } only ? [only] : AllStatuses;
        var count = 0;
        foreach (var list in statuses.SelectMany(status => ListsOf(query, TaskSort.NewestFirst, status)))
        {
            var rows = reader.RowsAsync(Partition(Key.Of(query.Environment)), list, cancellationToken);
            await foreach (var row in rows)
            {
                if (MayMatch(query, row) && await HasFactsAsync(query, row, cancellationToken) && ++count == most)
                {
                    return count;
                }
            }
        }

        return count;
    }

    /// <summary>Returns one list, or one for each spelling in which records may have the assignee.</summary>
    private static IEnumerable<string> ListsOf(TaskQuery query, TaskSort sort, TaskStatus status) =>
        query.Assignee is null
            ? [Under(sort, TaskPlace.StatusOf(status), null)]
            : query.AssigneeForms.Select(form => Under(sort, TaskPlace.StatusOf(status), Key.Of(form)));

    private static bool MayMatch(TaskQuery query, TableEntity row) =>
        (query.Text is not { Length: > 0 } text || IndexRow.MayContain(row, text, query.Watches))
        && (query.VisibleTo is not { } member || IndexRow.MayBeSeenBy(row, member))
        && (!query.LooksAtFacts || IndexRow.MayMatchFacts(row, query));

    private async ValueTask<bool> HasFactsAsync(TaskQuery query, TableEntity row, CancellationToken cancellationToken) =>
        !query.LooksAtFacts || IndexRow.HasFacts(row) || (await ReadAsync(query, row, cancellationToken)).Task is not null;

    private async Task<(bool IsCurrent, HumanTask? Task)> ReadAsync(
        TaskQuery query, TableEntity row, CancellationToken cancellationToken)
    {
        var taskId = IndexRow.TaskOf(row);
        var address = RowAddress.Of(row);
        if (await partition.TaskAsync(taskId, cancellationToken) is not { } entity
            || TaskPlace.Read(entity, taskId).Rows(null).All(current => current.Address != address))
        {
            return (false, null);
        }

        var task = await records.TaskAsync(entity, cancellationToken);
        return (true, query.Matches(task) ? task : null);
    }

    /// <summary>Reads and sorts all tasks of a run, because a run has few.</summary>
    private async Task<Page<HumanTask>> ReadOfRunAsync(TaskQuery query, string runId, CancellationToken cancellationToken)
    {
        var found = new List<(string Place, HumanTask Task)>();
        foreach (var entity in await partition.ListAsync(runId, RunKey.Task, cancellationToken))
        {
            var task = await records.TaskAsync(entity, cancellationToken);
            if (query.Matches(task))
            {
                found.Add((TaskPlace.Read(entity, task.Id).Position(query.Sort), task));
            }
        }

        var after = ListCursor.Read(query.Cursor, TagOf(query.Sort)) ?? "";
        var rest = found
            .Where(item => string.CompareOrdinal(item.Place, after) > 0)
            .OrderBy(item => item.Place, StringComparer.Ordinal)
            .Take(query.Limit + 1)
            .ToList();
        return new Page<HumanTask>(
            [.. rest.Take(query.Limit).Select(item => item.Task)],
            rest.Count > query.Limit ? ListCursor.Write(TagOf(query.Sort), rest[query.Limit - 1].Place) : null);
    }

    private static char TagOf(TaskSort sort) => sort switch
    {
        TaskSort.NewestFirst => 'n',
        TaskSort.OldestFirst => 'o',
        TaskSort.ExpiresFirst => 'e',
        TaskSort.DueFirst => 'd',
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };
}
