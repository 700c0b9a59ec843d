using System.Diagnostics;
using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Load;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>Reads the list of very many tasks: each filter and sort, the first page and a deep one.</summary>
internal static class Lists
{
    private const int Times = 40;
    private const int PagesBefore = 500;

    private static readonly TimeSpan Followed = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan LongestFollowing = TimeSpan.FromMinutes(5);

    private static readonly string[] Sorts = ["-createdAt", "createdAt", "expiresAt", "dueAt"];

    private static readonly string[] Filters =
    [
        "status=all", "status=pending", "status=completed", "status=all&assignee=person123@example.com",
        "status=pending&assignee=person123@example.com", "status=all&q=invoice", "status=all&q=person123", "status=pending&q=invoice%20100012345",
        "status=all&q=no%20such%20words",
    ];

    public static async Task<ListFigures> MeasureAsync(Bench bench)
    {
        var count = bench.Options.Tasks;
        await using var host = await HostProcess.StartAsync(bench.Host.WithDataFolder(bench.NewFolder("lists")));
        var target = await Bench.PrepareAsync(host, await host.ApiKeyAsync());

        await bench.Progress.WriteLineAsync($"making {count} tasks");
        using (var crowd = bench.Crowd(target, Bench.ManyClients))
        {
            await crowd.PauseAsync(count, bench.Options.Limit, client => client.AssignAsync());
        }

        await bench.Progress.WriteLineAsync("the search index follows");
        var following = await FollowedAsync(target);

        var queries = new List<ListQueryFigures>();
        foreach (var query in Filters.SelectMany(filter => Sorts.Select(sort => $"{filter}&sort={sort}")))
        {
            await bench.Progress.WriteLineAsync(query);
            queries.Add(await OfAsync(target, query));
        }

        await host.StopAsync();
        return new ListFigures(count, PagesBefore, following.TotalSeconds, queries);
    }

    /// <summary>Returns how long it took until a search without results no longer scanned the tasks.</summary>
    private static async Task<TimeSpan> FollowedAsync(Target target)
    {
        var request = target.Get($"/api/tasks?{Filters[^1]}");
        var started = Stopwatch.GetTimestamp();

        while (Stopwatch.GetElapsedTime(started) < LongestFollowing
            && new Percentiles(await Repetition.TimesAsync(target, request, 3)).At(50) > Followed.TotalMilliseconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<ListQueryFigures> OfAsync(Target target, string query)
    {
        var path = $"/api/tasks?{query}";
        var first = RequestFigures.Of(query, await Repetition.TimesAsync(target, target.Get(path), Times));
        return new ListQueryFigures(first, await DeepAsync(target, path) is { } cursor
            ? RequestFigures.Of(query, await Repetition.TimesAsync(target, target.Get($"{path}&cursor={cursor}"), Times))
            : null);
    }

    /// <summary>Returns the cursor of the deep page; null if the list ends before.</summary>
    private static async Task<string?> DeepAsync(Target target, string path)
    {
        using var connection = new Connection(target.Endpoint);
        string? cursor = "";

        for (var page = 0; page < PagesBefore && cursor is not null; page++)
        {
            var answer = await connection.SendAsync(target.Get($"{path}&cursor={cursor}"));
            cursor = answer.Status == 200
                ? JsonMembers.Text(answer.Body, "next"u8)
                : throw new InvalidDataException($"A page of a list is not 200: {answer.Describe()}");
        }

        return cursor;
    }
}
