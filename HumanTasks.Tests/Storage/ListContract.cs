using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Tests.Storage;

/// <summary>How every <see cref="IRunStore"/> lists runs and tasks.</summary>
public abstract partial class ListContract : StoreContract
{
    private int minutes;

    [Fact]
    public async Task Tasks_are_filtered()
    {
        var a = await TaskAsync(task => task.For("maria@example.com").Titled("Pay 100%_now"));
        var b = await TaskAsync(task => task.For("otto@example.com").Titled("Prüfung ÄNDERN"));
        var c = await TaskAsync(task => task.For("maria@example.com") with { CorrelationId = "Case-77", State = new TaskState.Completed() });
        await TaskAsync(task => task.For("maria@example.com"), "globex");

        Assert.Equal([c, b, a], await TasksAsync(new TaskQuery("acme", 10)));
        Assert.Equal([b, a], await TasksAsync(new TaskQuery("acme", 10, Status: TaskStatus.Pending)));
        Assert.Equal([c, a], await TasksAsync(new TaskQuery("acme", 10, Assignee: "maria@example.com")));
        Assert.Equal([a], await TasksAsync(new TaskQuery("acme", 10, Status: TaskStatus.Pending, Assignee: "maria@example.com")));
        Assert.Empty(await TasksAsync(new TaskQuery("acme", 10, Assignee: "maria")));
        Assert.Equal([b], await TasksAsync(new TaskQuery("acme", 10, RunId: HumanTask.RunIdOf(b))));
        Assert.Empty(await TasksAsync(new TaskQuery("globex", 10, RunId: HumanTask.RunIdOf(b))));
        Assert.Empty(await TasksAsync(new TaskQuery("acme", 10, RunId: "no id")));
        Assert.Equal([b, a], await TasksAsync(new TaskQuery("acme", 10, Text: "P", Status: TaskStatus.Pending, Sort: TaskSort.NewestFirst)));
    }

    [Theory]
    [InlineData("100%_n", 0)]
    [InlineData("PAY", 0)]
    [InlineData("otto@", 1)]
    [InlineData("prüfung ändern", 1)]
    [InlineData("case-7", 2)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("\\", null)]
    [InlineData("' OR 1 = 1", null)]
    public async Task Tasks_are_found_by_text_letter_case_aside(string text, int? found)
    {
        string[] ids =
        [
            await TaskAsync(task => task.Titled("Pay 100%_now")),
            await TaskAsync(task => task.For("otto@example.com").Titled("Prüfung ÄNDERN")),
            await TaskAsync(task => task with { CorrelationId = "Case-77" }),
        ];
        await TaskAsync(task => task.Titled(text), "globex");

        Assert.Equal(found is { } index ? [ids[index]] : [], await TasksAsync(new TaskQuery("acme", 10, Text: text)));
    }

    [Theory]
    [InlineData("DE89")]
    [InlineData("otto@")]
    [InlineData("Überweisung")]
    public async Task A_task_that_says_a_secret_is_not_found_by_its_words_by_who_watches(string text)
    {
        var plain = await TaskAsync(task => task.For("otto@example.com").Titled("Überweisung DE89"));
        var secret = await TaskAsync(task => task.For("otto@example.com").Titled("Überweisung DE89370400440532013000") with
        {
            CorrelationId = "Case-78",
            Secrets = new RunSecrets { Values = ["DE89370400440532013000"] },
        });
        var query = new TaskQuery("acme", 10, Text: text);

        Assert.Equal([secret, plain], await TasksAsync(query));
        Assert.Equal([plain], await TasksAsync(query with { Watches = true }));
        Assert.Equal(1, await Runs.CountTasksAsync(query with { Watches = true }, 10, default));
        Assert.Equal([secret], await TasksAsync(query with { Watches = true, Text = "case-78" }));
        Assert.Equal([secret, plain], await TasksAsync(query with { Watches = true, Text = null }));
    }

    public static TheoryData<string, string> Facts() => new()
    {
        { "rule set", "b" },
        { "no such rule set", "" },
        { "language", "b" },
        { "due from", "bc" },
        { "due before", "a" },
        { "due between", "b" },
        { "with a due date", "abc" },
        { "without a due date", "d" },
        { "created from", "bcd" },
        { "created before", "ab" },
        { "created between", "b" },
        { "all of it", "b" },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public async Task Tasks_are_filtered_and_counted_by_rule_set_language_due_date_and_creation(string by, string found)
    {
        var day = Sample.Start.AddDays(1);
        Dictionary<char, string> ids = new()
        {
            ['a'] = await TaskAsync(task => Placed(task, "order", Sample.Start, day)),
            ['b'] = await TaskAsync(task => Placed(task, "invoice", day, day.AddDays(1), "de")),
            ['c'] = await TaskAsync(task => Placed(task, "order", day.AddTicks(1), day.AddDays(2), "fr") with { State = new TaskState.Completed() }),
            ['d'] = await TaskAsync(task => Placed(task, "order", day.AddDays(1), null)),
        };
        await TaskAsync(task => Placed(task, "invoice", day, day.AddDays(1), "de"), "globex");
        var all = new TaskQuery("acme", 10, Sort: TaskSort.OldestFirst);
        var query = by switch
        {
            "rule set" => all with { RuleSet = "invoice" },
            "no such rule set" => all with { RuleSet = "none" },
            "language" => all with { Language = "de" },
            "due from" => all with { DueFrom = day.AddDays(1) },
            "due before" => all with { DueBefore = day.AddDays(1) },
            "due between" => all with { DueFrom = day.AddTicks(1), DueBefore = day.AddDays(2) },
            "with a due date" => all with { IsDue = true },
            "without a due date" => all with { IsDue = false },
            "created from" => all with { CreatedFrom = day },
            "created before" => all with { CreatedBefore = day.AddTicks(1) },
            "created between" => all with { CreatedFrom = day, CreatedBefore = day.AddTicks(1) },
            _ => all with { RuleSet = "invoice", Language = "de", IsDue = true, DueFrom = day, CreatedFrom = day, Text = "r", VisibleTo = "maria@example.com" },
        };

        Assert.Equal(found.Select(letter => ids[letter]), await TasksAsync(query));
        Assert.Equal(found.Length, await Runs.CountTasksAsync(query, 10, None));
        foreach (var sort in Enum.GetValues<TaskSort>())
        {
            Assert.Equal(found.Select(letter => ids[letter]).Order(StringComparer.Ordinal), (await AllPagesAsync(query with { Sort = sort, Limit = 2 })).Order(StringComparer.Ordinal));
        }

        foreach (var run in ids.Values.Select(id => HumanTask.RunIdOf(id)))
        {
            Assert.Subset(found.Select(letter => ids[letter]).ToHashSet(), (await TasksAsync(query with { RunId = run })).ToHashSet());
        }
    }

    [Fact]
    public async Task Tasks_are_sorted()
    {
        var a = await TaskAsync(task => task.ExpiringAt(Sample.Start.AddDays(2)).Due(Sample.Start.AddDays(3)));
        var b = await TaskAsync(task => task.ExpiringAt(Sample.Start.AddDays(3)));
        var c = await TaskAsync(task => task.ExpiringAt(Sample.Start.AddDays(1)).Due(Sample.Start.AddDays(1)));
        var d = await TaskAsync(task => task.ExpiringAt(Sample.Start.AddDays(4)));

        foreach (TaskStatus? status in new TaskStatus?[] { null, TaskStatus.Pending })
        {
            var query = new TaskQuery("acme", 10, Status: status);
            Assert.Equal([d, c, b, a], await TasksAsync(query with { Sort = TaskSort.NewestFirst }));
            Assert.Equal([a, b, c, d], await TasksAsync(query with { Sort = TaskSort.OldestFirst }));
            Assert.Equal([c, a, b, d], await TasksAsync(query with { Sort = TaskSort.ExpiresFirst }));
            Assert.Equal([c, a, b, d], await TasksAsync(query with { Sort = TaskSort.DueFirst }));
        }
    }

    [Theory]
    [InlineData(TaskSort.NewestFirst)]
    [InlineData(TaskSort.OldestFirst)]
    [InlineData(TaskSort.ExpiresFirst)]
    [InlineData(TaskSort.DueFirst)]
    public async Task Pages_of_tasks_hold_every_task_once_whatever_the_filters(TaskSort sort)
    {
        var maria = "maria@example.com";
        for (var i = 0; i < 12; i++)
        {
            await TaskAsync(task => task
                .For(maria)
                .Titled("Ärger")
                .ExpiringAt(Sample.Start.AddDays(i % 3))
                .Due(i % 2 == 0 ? Sample.Start.AddDays(i % 4) : null) with
            {
                State = i % 4 == 3 ? new TaskState.Completed() : new TaskState.Pending(),
            });
        }

        foreach (var query in new[]
        {
            new TaskQuery("acme", 5),
            new TaskQuery("acme", 5, Assignee: maria),
            new TaskQuery("acme", 5, Text: "MARIA"),
            new TaskQuery("acme", 5, Text: "är"),
            new TaskQuery("acme", 5, Status: TaskStatus.Pending),
            new TaskQuery("acme", 5, Status: TaskStatus.Pending, Assignee: maria, Text: "example"),
        })
        {
            var all = await TasksAsync(query with { Limit = 200, Sort = sort });
            Assert.Equal(query.Status is null ? 12 : 9, all.Count);
            Assert.Equal(all, await AllPagesAsync(query with { Sort = sort }));
            Assert.Equal(all, await AllPagesAsync(query with { Sort = sort, Limit = 3 }));
        }
    }
}
