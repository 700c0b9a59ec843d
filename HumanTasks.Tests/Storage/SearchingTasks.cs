using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

/// <summary>Tasks are found by their words, whether or not the search index of SQLite has followed them.</summary>
public sealed class SearchingTasks : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteStores stores = new();
    private int minutes;

    public void Dispose() => stores.Dispose();

    [Theory]
    [InlineData("invoice 7")]
    [InlineData("INVOICE")]
    [InlineData("straße")]
    [InlineData("ÄRGER über")]
    [InlineData("a\"b c\" OR")]
    [InlineData("100%_")]
    [InlineData("emoji 🙂🙃")]
    [InlineData("case-1")]
    [InlineData("otto@")]
    [InlineData("no such words")]
    [InlineData("e 12\nma")]
    [InlineData("7")]
    [InlineData("\0\0\0\0")]
    public async Task Finds_the_same_with_all_some_or_none_of_them_indexed(string text)
    {
        for (var i = 0; i < 24; i++)
        {
            await TaskAsync(i);
        }

        var expected = (await PagesAsync(new TaskQuery("acme", 50))).Where(new TaskQuery("acme", 1, Text: text).Matches).ToList();
        foreach (var indexed in new[] { 0, 10, 100 })
        {
            await stores.Runs.FollowSearchIndexAsync(indexed, None);
            foreach (var sort in Enum.GetValues<TaskSort>())
            {
                var query = new TaskQuery("acme", 3, Text: text, Sort: sort);
                var found = (await PagesAsync(query)).Select(task => task.Id).ToList();
                Assert.Equal(expected.Select(task => task.Id).Order(), found.Order());
                Assert.Equal((await stores.Runs.ListTasksAsync(query with { Limit = 100 }, None)).Items.Select(task => task.Id), found);
            }
        }

        Assert.Empty((await stores.Runs.ListTasksAsync(new TaskQuery("globex", 3, Text: text), None)).Items);
    }

    [Fact]
    public async Task A_reassigned_task_is_found_by_its_new_assignee_only()
    {
        var task = await TaskAsync(1);
        await stores.Runs.FollowSearchIndexAsync(100, None);

        Assert.True(await stores.Runs.UpdateTaskAsync(task.For("newcomer@example.com").AtVersion(2), None));

        Assert.Single(await FoundAsync("NEWCOMER"));
        Assert.Empty(await FoundAsync("maria1@"));
    }

    [Fact]
    public async Task A_purged_task_leaves_no_words_and_its_key_serves_another()
    {
        await TaskAsync(1);
        await stores.Runs.FollowSearchIndexAsync(100, None);
        Assert.Single(await stores.Runs.PurgeAsync(Sample.Start.AddYears(1), 10, None));
        Assert.Empty(await FoundAsync("invoice 1"));

        var other = await TaskAsync(2);

        Assert.Equal([other.Id], await FoundAsync("invoice 2"));
        Assert.Empty(await FoundAsync("invoice 1"));
        Assert.Equal((0, 1), await stores.Runs.SearchIndexLagAsync(None));
    }

    private async Task<List<string>> FoundAsync(string text) =>
        [.. (await PagesAsync(new TaskQuery("acme", 10, Text: text))).Select(task => task.Id)];

    private async Task<List<HumanTask>> PagesAsync(TaskQuery query) =>
        [.. (await stores.Runs.TaskPagesAsync(query)).SelectMany(page => page.Items)];

    private async Task<HumanTask> TaskAsync(int number)
    {
        string[] titles = ["Invoice {0}", "Große Straße {0}", "ärger ÜBER {0}", "A\"B C\" or {0}", "Emoji 🙂🙃 {0}", "100%_{0}"];
        var run = Sample.Run(Sample.Start.AddMinutes(minutes++));
        run = run with { CorrelationId = number % 3 == 0 ? $"Case-{number}" : run.Id };
        var title = string.Format(null, titles[number < 3 ? 0 : number % titles.Length], number);
        var task = Sample.Task(run)
            .Titled(title)
            .For(number % 4 == 3 ? null : number % 5 == 0 ? "Otto@example.com" : $"maria{number}@example.com")
            .Due(number % 2 == 0 ? Sample.Start.AddHours(number % 7) : null)
            .ExpiringAt(Sample.Start.AddDays(1 + (number % 5)));
        Assert.Equal(CreateResult.Created, await stores.Runs.CreateAsync(Sample.First(run, task), null, None));
        return task;
    }
}
