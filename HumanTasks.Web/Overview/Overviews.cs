using System.Collections.Concurrent;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Overview;

/// <summary>The state of each environment, read again at most every few seconds.</summary>
public sealed class Overviews(IRunStore store, TimeProvider time)
{
    /// <summary>The number of newest answered tasks from which the statistics of answers are computed.</summary>
    public const int MaxAnswered = 2000;

    /// <summary>The number up to which tasks are counted.</summary>
    public const int MaxCount = 10_000;

    private const int PageSize = 200;
    private const int MaxFailed = 1000;
    private const int MaxGroups = 8;
    private const int Hours = 24;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Lazy<Task<OverviewAnswer>>> known = new(StringComparer.Ordinal);

    public async Task<OverviewAnswer> OfAsync(string environment)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(environment, out var read) && read.Value is { IsCompletedSuccessfully: true } done
            && now - (await done).At < Fresh && now >= (await done).At)
        {
            return await done;
        }

        var fresh = new Lazy<Task<OverviewAnswer>>(() => ReadAsync(environment, now));
        known[environment] = fresh;
        return await fresh.Value;
    }

    private async Task<OverviewAnswer> ReadAsync(string environment, DateTimeOffset now)
    {
        var pending = store.CountTasksAsync(new TaskQuery(environment, 1, Status: TaskStatus.Pending), MaxCount, default);
        var overdue = OverdueAsync(environment, now);
        var failed = store.CountRunsAsync(new RunQuery(environment, 1, Status: RunStatus.Failed), MaxFailed, default);
        var failures = store.ListRunsAsync(new RunQuery(environment, PageSize, Status: RunStatus.Failed), default);
        List<HumanTask> answered = [.. await AnsweredAsync(environment, TaskStatus.Completed), .. await AnsweredAsync(environment, TaskStatus.Rejected)];
        var today = now.UtcDateTime.Date;
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var minutes = answered.Select(task => (AnsweredAt(task) - task.History.CreatedAt).TotalMinutes).Order().ToArray();
        return new OverviewAnswer(
            now,
            await pending,
            (await overdue).Values.Sum(),
            answered.Count(task => AnsweredAt(task).UtcDateTime.Date == today),
            minutes.Length == 0 ? null : Math.Round((minutes[(minutes.Length - 1) / 2] + minutes[minutes.Length / 2]) / 2, 3),
            await failed,
            [
                .. Enumerable.Range(0, Hours)
                    .Select(back => hour.AddHours(back - Hours + 1))
                    .Select(from => new OverviewHour(from, answered.Count(task => AnsweredAt(task) is var at && at >= from && at < from.AddHours(1)))),
            ])
        {
            Failures = [.. FailureGroup.Of((await failures).Items).Take(MaxGroups)],
            OverdueByRuleSet = [.. (await overdue).OrderByDescending(group => group.Value).Take(MaxGroups)],
        };
    }

    private static DateTimeOffset AnsweredAt(HumanTask task) => task.History.Timeline
        .LastOrDefault(happened => happened.Kind is TaskEventKind.Answered or TaskEventKind.Rejected)?.At ?? task.History.UpdatedAt;

    private async Task<List<HumanTask>> AnsweredAsync(string environment, TaskStatus status)
    {
        List<HumanTask> tasks = [];
        string? cursor = null;
        do
        {
            var page = await store.ListTasksAsync(new TaskQuery(environment, PageSize, cursor, status), default);
            tasks.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null && tasks.Count < MaxAnswered);

        return tasks;
    }

    /// <summary>Counts overdue tasks by rule set. They come first in the order by due date.</summary>
    private async Task<Dictionary<string, int>> OverdueAsync(string environment, DateTimeOffset now)
    {
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var overdue = 0;
        string? cursor = null;
        do
        {
            var page = await store.ListTasksAsync(
                new TaskQuery(environment, PageSize, cursor, TaskStatus.Pending, Sort: TaskSort.DueFirst), default);
            HumanTask[] late = [.. page.Items.TakeWhile(task => task.Schedule.DueAt < now)];
            foreach (var task in late)
            {
                groups[task.RuleSet] = groups.GetValueOrDefault(task.RuleSet) + 1;
            }

            overdue += late.Length;
            cursor = late.Length < page.Items.Count ? null : page.Next;
        }
        while (cursor is not null && overdue < MaxCount);

        return groups;
    }
}
