using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Standalone.Storage;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Tests.Storage;

/// <summary>What a release with smaller rows makes of a database that an older one wrote.</summary>
public sealed class ADatabaseOfSchema2 : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Later = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    private readonly SqliteStores stores = new();

    public ADatabaseOfSchema2()
    {
        stores.Close();
        Written();
        stores.Reopen();
    }

    private SqliteRunStore Runs => stores.Runs;

    public void Dispose() => stores.Dispose();

    [Theory]
    [InlineData(RunStatus.Queued, 1)]
    [InlineData(RunStatus.Running, 0)]
    [InlineData(RunStatus.Paused, 7)]
    [InlineData(RunStatus.Completed, 8)]
    [InlineData(RunStatus.Failed, 1)]
    [InlineData(RunStatus.Cancelled, 2)]
    [InlineData(RunStatus.Expired, 1)]
    public async Task Lists_its_runs_of_each_status(RunStatus status, int count)
    {
        var runs = await RunsAsync(new RunQuery("default", 100, Status: status));

        Assert.Equal(count, runs.Count);
        Assert.All(runs, run => Assert.Equal(status, run.State.Status));
        foreach (var run in runs)
        {
            Assert.Equal(run.Id, (await Runs.FindRunAsync(run.Id, None))!.Id);
            Assert.Contains(run.Id, (await RunsAsync(new RunQuery("default", 100, RuleSet: run.RuleSet))).Select(other => other.Id));
            Assert.Contains(
                run.Id, (await RunsAsync(new RunQuery("default", 100, CorrelationId: run.CorrelationId))).Select(other => other.Id));
        }

        Assert.Empty(await RunsAsync(new RunQuery("other", 100, Status: status)));
    }

    [Fact]
    public async Task Lists_its_tasks_by_every_filter_in_every_order()
    {
        var all = await TasksAsync(new TaskQuery("default", 100, Sort: TaskSort.OldestFirst));
        Assert.Equal(12, all.Count);
        Assert.Equal(5, all.Select(task => task.State.Status).Distinct().Count());

        foreach (var sort in Enum.GetValues<TaskSort>())
        {
            foreach (var status in Enum.GetValues<TaskStatus>().Select(status => (TaskStatus?)status).Append(null))
            {
                foreach (var query in new[]
                {
                    new TaskQuery("default", 100, Status: status, Sort: sort),
                    new TaskQuery("default", 100, Status: status, Sort: sort, Assignee: "maria@example.com"),
                    new TaskQuery("default", 100, Status: status, Sort: sort, Assignee: "Ötto@example.com"),
                    new TaskQuery("default", 100, Status: status, Sort: sort, Text: "due"),
                    new TaskQuery("default", 100, Status: status, Sort: sort, Text: "öTTO"),
                    new TaskQuery("default", 100, Status: status, Sort: sort, Text: "case-7"),
                    new TaskQuery("default", 100, Status: status, Sort: sort, RunId: all[2].RunId),
                })
                {
                    var expected = Sorted(all.Where(query.Matches), sort).Select(task => task.Id);
                    Assert.Equal(expected, (await TasksAsync(query)).Select(task => task.Id));
                    Assert.Equal(expected, (await PagesAsync(query with { Limit = 2 })).Select(task => task.Id));
                }
            }
        }
    }

    [Fact]
    public async Task Reads_and_writes_its_tasks_with_their_forms()
    {
        foreach (var run in await RunsAsync(new RunQuery("default", 100, Status: RunStatus.Paused)))
        {
            var standing = await Runs.FindStandingAsync(run.Id, None);
            var task = standing!.Task!;
            Assert.NotEmpty(task.Question.Form().Fields);
            Assert.Equal(((RunState.Paused)run.State).TaskId, task.Id);

            var changed = task.Changed(Later, TaskEventKind.LinkReissued).For("new@example.com");
            Assert.True(await Runs.UpdateTaskAsync(changed, None));

            var read = (await Runs.FindDetailsAsync(run.Id, None))!.Tasks.Single();
            Assert.Equal(task.Question.CurrentRound.Form.GetRawText(), read.Question.CurrentRound.Form.GetRawText());
            Assert.Equal(
                (changed.Id, changed.RunId, changed.History.Version, changed.Question.Title, changed.Assignee, changed.CorrelationId, changed.Schedule.DueAt),
                (read.Id, read.RunId, read.History.Version, read.Question.Title, read.Assignee, read.CorrelationId, read.Schedule.DueAt));
        }
    }

    [Fact]
    public async Task Knows_what_is_due_what_is_queued_and_what_goes_on_from_what()
    {
        var paused = await RunsAsync(new RunQuery("default", 100, Status: RunStatus.Paused));
        var due = await Runs.DueRunsAsync(paused.Max(run => run.WakeAt)!.Value, null, 100, None);
        Assert.Equal(
            paused.OrderBy(run => run.WakeAt).Select(run => run.Id), due.Select(run => run.RunId));

        var released = await Runs.ReleaseQueuedAsync("default", new Metering(203001, 5), Later, 10, None);
        var run = (await Runs.FindRunAsync(Assert.Single(released), None))!;
        Assert.IsType<RunState.Running>(run.State);
        Assert.Contains(run.Id, (await Runs.FindDetailsAsync(run.ContinuedFrom!, None))!.Continuations);
        Assert.NotEmpty((await Runs.ReadLogAsync(run.ContinuedFrom!, null, 100, None)).Items);
    }

    [Fact]
    public async Task Is_purged_to_the_last_row()
    {
        await Runs.ReleaseQueuedAsync("default", new Metering(203001, 5), Later, 10, None);
        while ((await Runs.PurgeAsync(Later.AddDays(100), 7, None)).Count > 0)
        {
        }

        foreach (var table in new[] { "runs", "tasks", "responses", "log", "forms" })
        {
            Assert.Equal(0, await CountAsync(table));
        }
    }

    [Fact]
    public async Task Stays_as_it_is_when_it_is_damaged()
    {
        stores.Close();
        var path = Written();
        var before = await File.ReadAllBytesAsync(path);
        var damaged = before.ToArray();
        damaged.AsSpan(4096 * RootOf(path, "tasks") - 4096, 4096).Fill(0xFF);
        await File.WriteAllBytesAsync(path, damaged);

        using (var folder = DataFolder.Open(stores.Path))
        {
            var refusal = Assert.Throws<OperatorException>(() => Database.Open(folder, Storages.State()));
            Assert.Contains("--check", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, before[63]); // the schema version in the header of the file
        Assert.Equal(damaged, await File.ReadAllBytesAsync(path));
        await File.WriteAllBytesAsync(path, before);
        stores.Reopen();
        Assert.Equal(12, (await TasksAsync(new TaskQuery("default", 100))).Count);
    }

    private static int RootOf(string path, string table)
    {
        using var connection = Connection.OpenToRead(path);
        using var row = connection.Prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?1").Bind(table);
        return row.Step() ? (int)row.Integer(0) : throw new InvalidOperationException(table);
    }

    /// <summary>The dump, as a database that no release has opened since.</summary>
    private string Written()
    {
        var path = DataFolder.DatabaseIn(stores.Path);
        File.Delete(path);
        using var dump = new StreamReader(GetType().Assembly.GetManifestResourceStream("schema-2.sql")!);
        using var connection = Connection.OpenToWrite(path);
        connection.Execute(dump.ReadToEnd());
        return path;
    }

    private static IEnumerable<HumanTask> Sorted(IEnumerable<HumanTask> tasks, TaskSort sort) => sort switch
    {
        TaskSort.NewestFirst => tasks.Reverse(),
        TaskSort.ExpiresFirst => tasks.OrderBy(task => task.Schedule.ExpiresAt),
        TaskSort.DueFirst => tasks.OrderBy(task => task.Schedule.DueAt ?? DateTimeOffset.MaxValue),
        _ => tasks,
    };

    private Task<long> CountAsync(string table) => stores.Database.ReadAsync(
        connection =>
        {
            using var row = connection.Prepare($"SELECT count(*) FROM {table}");
            return row.Step() ? row.Integer(0) : -1;
        },
        None);

    private async Task<IReadOnlyList<Run>> RunsAsync(RunQuery query) => (await Runs.ListRunsAsync(query, None)).Items;

    private async Task<IReadOnlyList<HumanTask>> TasksAsync(TaskQuery query) => (await Runs.ListTasksAsync(query, None)).Items;

    private async Task<List<HumanTask>> PagesAsync(TaskQuery query) =>
        [.. (await Runs.TaskPagesAsync(query)).SelectMany(page => page.Items)];
}
