using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Studio.Tasks;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>A page of the list of runs, with everything that is shown of it.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Items">The runs.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
/// <param name="Counts">The number of runs of each status, at most one more than <see cref="Queue.Most"/>.</param>
public sealed record RunList(RunFilter Filter, IReadOnlyList<Run> Items, string? Next, IReadOnlyDictionary<RunStatus, int> Counts)
{
    /// <summary>The number of runs of all statuses.</summary>
    public int All => Counts.Values.Sum();

    /// <summary>The number of runs on all pages.</summary>
    public int Total => Filter.Status is { } status ? Counts[status] : All;

    /// <summary>The position of the first run of the page, from 1.</summary>
    public int From => ((Filter.Place.Number - 1) * RunFilter.PageSize) + 1;

    /// <summary>A text that changes whenever anything on the page does.</summary>
    public string State => FormattableString.Invariant(
        $"{string.Join('\n', Items.Select(run => $"{run.Id} {run.Version}"))}\n{Next}\n{string.Join(' ', Counts.Values)}");

    public static async Task<RunList> ReadAsync(HttpContext context, RunFilter filter, IRunStore store, TimeProvider time)
    {
        var query = filter.ToQuery(context, time.GetUtcNow());
        var statuses = Enum.GetValues<RunStatus>();
        var counts = Task.WhenAll(statuses.Select(status =>
            store.CountRunsAsync(query with { Status = status, Cursor = null }, Queue.Most + 1, context.RequestAborted)));
        var page = await store.ListRunsAsync(query, context.RequestAborted);
        return new RunList(filter, page.Items, page.Next, statuses.Zip(await counts).ToDictionary(pair => pair.First, pair => pair.Second));
    }
}
