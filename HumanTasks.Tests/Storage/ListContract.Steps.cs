using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

public abstract partial class ListContract
{
    private static HumanTask Placed(HumanTask task, string ruleSet, DateTimeOffset createdAt, DateTimeOffset? dueAt, string? language = null) => task with
    {
        RuleSet = ruleSet,
        Question = task.Question with { Language = language },
        Schedule = task.Schedule with { DueAt = dueAt },
        History = task.History with { CreatedAt = createdAt },
    };

    private async Task<List<string>> AllPagesAsync(TaskQuery query)
    {
        var pages = await Runs.TaskPagesAsync(query);
        Assert.All(pages, page => Assert.InRange(page.Items.Count, pages.Count > 1 ? 1 : 0, query.Limit));
        return [.. pages.SelectMany(page => page.Items).Select(task => task.Id)];
    }

    private Run NewRun() => Sample.Run(Sample.Start.AddMinutes(minutes++));

    private async Task<string[]> RunsAsync(int count)
    {
        var ids = new string[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = (await StoredAsync(NewRun())).Id;
        }

        return ids;
    }

    private async Task<string> TaskAsync(Func<HumanTask, HumanTask> with, string environment = "acme")
    {
        var run = NewRun() with { Environment = environment };
        var task = with(Sample.Task(run));
        await StoredAsync(run with { CorrelationId = task.CorrelationId, RuleSet = task.RuleSet }, task);
        return task.Id;
    }

    private async Task<List<string>> IdsAsync(RunQuery query) =>
        [.. (await Runs.ListRunsAsync(query, None)).Items.Select(run => run.Id)];

    private async Task<List<string>> TasksAsync(TaskQuery query) =>
        [.. (await Runs.ListTasksAsync(query, None)).Items.Select(task => task.Id)];
}
