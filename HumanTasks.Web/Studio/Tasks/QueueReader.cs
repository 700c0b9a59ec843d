using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>Reads the list of tasks that a member may see.</summary>
internal sealed class QueueReader(IRunStore store, WatchedSecrets secrets, TimeProvider time)
{
    private const int MaxExported = 10_000;
    private const int ExportedAtOnce = 200;

    /// <summary>The largest number of tasks in an export.</summary>
    public static int ExportLimit => MaxExported;

    /// <summary>Returns the list that a member gets who did not choose any: what waits for them, else all that is pending.</summary>
    public async Task<TaskFilter> FirstAsync(HttpContext context)
    {
        var mine = new TaskFilter { Mine = true };
        return await store.CountTasksAsync(mine.ToQuery(context, time.GetUtcNow()), 1, context.RequestAborted) > 0 ? mine : new TaskFilter();
    }

    /// <summary>Returns a page with its counts and columns.</summary>
    public async Task<Queue> ReadAsync(HttpContext context, TaskFilter filter)
    {
        var now = time.GetUtcNow();
        var query = filter.ToQuery(context, now);
        var counts = TaskCounts.ReadAsync(store, query with { Status = null, Cursor = null }, Queue.Most + 1, context.RequestAborted);
        var others = store.CountTasksAsync((filter with { Mine = !filter.Mine }).ToQuery(context, now), Queue.Most + 1, context.RequestAborted);
        var page = await store.ListTasksAsync(query, context.RequestAborted);
        var shown = page.Items.Where(task => WatchedSecrets.Names(context, task, filter.Assignee)).ToArray();
        var queue = new Queue(filter, [.. shown.Select(task => WatchedSecrets.InList(context, task))], page.Next, now)
        {
            Counts = await counts,
            Mine = 0,
            All = 0,
            Columns = QueueColumn.Of(shown, filter.Columns),
            Cells = filter.Columns.Count == 0 ? new Dictionary<string, IReadOnlyList<QueueCell>>() : await CellsAsync(context, shown, filter.Columns),
        };
        return filter.Mine ? queue with { Mine = queue.Total, All = await others } : queue with { Mine = await others, All = queue.Total };
    }

    /// <summary>Returns the list beside a task.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="filter">The list with its page.</param>
    /// <param name="id">The task.</param>
    /// <param name="then">The task that followed before this one left the list; null where nobody knows.</param>
    public async Task<QueueBeside> BesideAsync(HttpContext context, TaskFilter filter, string id, string? then = null)
    {
        var counting = CountAsync(context, filter);
        var page = await PageAsync(context, filter);
        var at = page.Items.ToList().FindIndex(task => task.Id == id);
        var next = page.Items.ElementAtOrDefault(at >= 0 ? at + 1 : Math.Max(0, page.Items.ToList().FindIndex(task => task.Id == then)));
        return new QueueBeside(filter, page.Items, await counting, time.GetUtcNow())
        {
            Position = at < 0 ? null : ((filter.Place.Number - 1) * TaskFilter.PageSize) + at + 1,
            Previous = at > 0 ? new QueueNeighbour(page.Items[at - 1].Id, filter)
                : at == 0 && filter.Place.Previous is { } before ? await EdgeAsync(context, filter.At(before), items => items[^1])
                : null,
            Next = next is not null ? new QueueNeighbour(next.Id, filter)
                : at >= 0 && page.Next is { } cursor ? await EdgeAsync(context, filter.At(filter.Place.Then(cursor)), items => items[0])
                : null,
        };
    }

    private async Task<QueueNeighbour?> EdgeAsync(HttpContext context, TaskFilter filter, Func<IReadOnlyList<HumanTask>, HumanTask> choose) =>
        (await PageAsync(context, filter)).Items is { Count: > 0 } items ? new QueueNeighbour(choose(items).Id, filter) : null;

    /// <summary>Returns a page without counts and columns, as it stands beside a task.</summary>
    public async Task<Page<HumanTask>> PageAsync(HttpContext context, TaskFilter filter)
    {
        var page = await store.ListTasksAsync(filter.ToQuery(context, time.GetUtcNow()), context.RequestAborted);
        return page with
        {
            Items = [.. page.Items.Where(task => WatchedSecrets.Names(context, task, filter.Assignee)).Select(task => WatchedSecrets.InList(context, task))],
        };
    }

    /// <summary>Returns the number of tasks in a list, at most one more than <see cref="Queue.Most"/>.</summary>
    public Task<int> CountAsync(HttpContext context, TaskFilter filter) =>
        store.CountTasksAsync(filter.ToQuery(context, time.GetUtcNow()), Queue.Most + 1, context.RequestAborted);

    /// <summary>Returns all tasks of a list from its first page on, up to <see cref="ExportLimit"/>, each with its values.</summary>
    public async IAsyncEnumerable<(HumanTask Task, IReadOnlyList<QueueCell> Cells)> AllAsync(HttpContext context, TaskFilter filter)
    {
        var query = filter.At(QueuePlace.First).ToQuery(context, time.GetUtcNow()) with { Limit = ExportedAtOnce };
        for (var count = 0; count < MaxExported;)
        {
            var page = await store.ListTasksAsync(query, context.RequestAborted);
            var shown = page.Items.Where(task => WatchedSecrets.Names(context, task, filter.Assignee)).ToArray();
            var cells = await CellsAsync(context, shown, filter.Columns);
            foreach (var task in shown.Take(MaxExported - count))
            {
                count++;
                yield return (WatchedSecrets.InList(context, task), cells[task.Id]);
            }

            if (page.Next is null)
            {
                yield break;
            }

            query = query with { Cursor = page.Next };
        }
    }

    /// <summary>
    /// Returns the values of the columns. Secrets are hidden from everybody here, also from those who see them on the
    /// task's own page: a column is read by whoever stands behind them, and leaves the house in a file.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<QueueCell>>> CellsAsync(
        HttpContext context, IReadOnlyList<HumanTask> tasks, IReadOnlyList<string> columns)
    {
        var wanted = columns.Select(key => new QueueColumn(key, "")).ToArray();
        var rows = await Task.WhenAll(tasks.Select(async task => (task.Id, Cells: await CellsAsync(context, task, wanted))));
        return rows.ToDictionary(row => row.Id, row => row.Cells, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<QueueCell>> CellsAsync(HttpContext context, HumanTask task, QueueColumn[] columns)
    {
        if (columns.Length == 0)
        {
            return [];
        }

        var run = await store.FindRunAsync(task.RunId, context.RequestAborted);
        var mask = run is null ? SecretMask.Of(task) : await secrets.OfAsync(context, run);
        IReadOnlyList<HumanResponse> responses = task.History.Timeline.Any(happened => happened.Kind is TaskEventKind.Answered or TaskEventKind.Defaulted)
            ? await store.ResponsesOfTaskAsync(task.Id, context.RequestAborted)
            : [];
        var shown = mask.Task(task);
        var given = responses.Select(mask.Response).ToArray();
        return [.. columns.Select(column => column.CellOf(shown, given))];
    }
}
