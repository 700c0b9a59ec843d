using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Tests.Storage;

/// <summary>How every <see cref="IRunStore"/> lists runs and tasks.</summary>
public abstract class ListContract : StoreContract
{
    private int minutes;

    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        var runs = await RunsAsync(3);

        Assert.Equal(runs.Reverse(), await IdsAsync(new RunQuery("acme", 10)));
    }

    [Fact]
    public async Task Runs_of_other_environments_are_not_listed()
    {
        await RunsAsync(2);
        var foreign = await StoredAsync(NewRun() with { Environment = "globex", CorrelationId = "shared" });

        Assert.Equal([foreign.Id], await IdsAsync(new RunQuery("globex", 10)));
        Assert.Empty(await IdsAsync(new RunQuery("acme", 10, CorrelationId: "shared")));
        Assert.Empty(await IdsAsync(new RunQuery("initech", 10)));
    }

    [Fact]
    public async Task Runs_are_filtered()
    {
        var paused = NewRun() with { RuleSet = "a", CorrelationId = "one" };
        await StoredAsync(paused, Sample.Task(paused));
        var done = await StoredAsync(NewRun() with { RuleSet = "a", CorrelationId = "two" });
        var other = await StoredAsync(NewRun() with { RuleSet = "b", CorrelationId = "one" });

        Assert.Equal([paused.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Paused)));
        Assert.Equal([other.Id, done.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Completed)));
        Assert.Equal([done.Id, paused.Id], await IdsAsync(new RunQuery("acme", 10, RuleSet: "a")));
        Assert.Equal([other.Id, paused.Id], await IdsAsync(new RunQuery("acme", 10, CorrelationId: "one")));
        Assert.Equal([paused.Id], await IdsAsync(new RunQuery("acme", 10, RuleSet: "a", CorrelationId: "one")));
        Assert.Equal([done.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Completed, RuleSet: "a")));
        Assert.Equal([other.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Completed, CorrelationId: "one")));
        Assert.Empty(await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Failed)));
    }

    [Fact]
    public async Task A_run_that_changed_its_status_is_listed_under_the_new_one()
    {
        var run = NewRun();
        run = await StoredAsync(run, Sample.Task(run));
        await Runs.CommitAsync(Sample.Turn(run, new RunState.Failed(new RunError("ask", "broken", 3))), None);

        Assert.Empty(await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Paused)));
        Assert.Equal([run.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Failed)));
        Assert.Equal([run.Id], await IdsAsync(new RunQuery("acme", 10)));
    }

    [Fact]
    public async Task Pages_of_runs_are_stable_while_runs_are_added()
    {
        var runs = await RunsAsync(5);
        var first = await Runs.ListRunsAsync(new RunQuery("acme", 2), None);
        await RunsAsync(3);
        var second = await Runs.ListRunsAsync(new RunQuery("acme", 2, first.Next), None);
        var third = await Runs.ListRunsAsync(new RunQuery("acme", 2, second.Next), None);

        Assert.Equal(
            runs.Reverse(), first.Items.Concat(second.Items).Concat(third.Items).Select(run => run.Id));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task A_page_that_holds_the_last_run_is_the_last_page()
    {
        await RunsAsync(4);

        var page = await Runs.ListRunsAsync(new RunQuery("acme", 2), None);
        Assert.NotNull(page.Next);
        Assert.Null((await Runs.ListRunsAsync(new RunQuery("acme", 2, page.Next), None)).Next);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not a cursor")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cursor_that_no_list_made_is_refused(string cursor)
    {
        var run = NewRun();
        await StoredAsync(run, Sample.Task(run));

        await Assert.ThrowsAsync<InvalidCursorException>(() => IdsAsync(new RunQuery("acme", 10, cursor)));
        foreach (var sort in Enum.GetValues<TaskSort>())
        {
            await Assert.ThrowsAsync<InvalidCursorException>(
                () => Runs.ListTasksAsync(new TaskQuery("acme", 10, cursor, Sort: sort), None));
        }

        await Assert.ThrowsAsync<InvalidCursorException>(
            () => Runs.ListTasksAsync(new TaskQuery("acme", 10, cursor, RunId: run.Id), None));
    }

    [Fact]
    public async Task The_cursor_of_another_list_is_refused()
    {
        foreach (var run in new[] { NewRun(), NewRun() })
        {
            await StoredAsync(run, Sample.Task(run));
        }

        var ofRuns = (await Runs.ListRunsAsync(new RunQuery("acme", 1), None)).Next;
        var ofNewest = (await Runs.ListTasksAsync(new TaskQuery("acme", 1), None)).Next;

        Assert.NotNull(ofRuns);
        await Assert.ThrowsAsync<InvalidCursorException>(() => Runs.ListTasksAsync(new TaskQuery("acme", 1, ofRuns), None));
        await Assert.ThrowsAsync<InvalidCursorException>(() => IdsAsync(new RunQuery("acme", 1, ofNewest)));
        await Assert.ThrowsAsync<InvalidCursorException>(
            () => Runs.ListTasksAsync(new TaskQuery("acme", 1, ofNewest, Sort: TaskSort.ExpiresFirst), None));
    }

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

    [Fact]
    public async Task A_reassigned_task_is_listed_for_its_new_assignee()
    {
        var run = NewRun();
        var task = Sample.Task(run).For("maria@example.com");
        await StoredAsync(run, task);
        await Runs.UpdateTaskAsync(task.For("otto@example.com").AtVersion(2), None);

        Assert.Empty(await TasksAsync(new TaskQuery("acme", 10, Assignee: "maria@example.com")));
        Assert.Equal([task.Id], await TasksAsync(new TaskQuery("acme", 10, Assignee: "otto@example.com")));
    }

    [Theory]
    [InlineData(TaskSort.NewestFirst)]
    [InlineData(TaskSort.ExpiresFirst)]
    [InlineData(TaskSort.DueFirst)]
    public async Task A_task_of_several_is_listed_for_each_of_them_and_for_whoever_has_it_alone(TaskSort sort)
    {
        const string Ann = "ann@example.com", Bob = "bob@example.com";
        var run = NewRun();
        var task = Sample.Task(run).ForCandidates(Ann, Bob);
        await StoredAsync(run, task);
        var own = await TaskAsync(one => one.For(Ann));
        async Task<List<string>> OfAsync(string who) => [.. (await TasksAsync(new TaskQuery("acme", 10, Assignee: who, Sort: sort))).Order(StringComparer.Ordinal)];

        Assert.Equal([task.Id, own], await OfAsync(Ann));
        Assert.Equal([task.Id], await OfAsync(Bob));
        Assert.Empty(await OfAsync("nn@example.com"));
        Assert.Equal([task.Id], await TasksAsync(new TaskQuery("acme", 10) { VisibleTo = "BOB@example.com" }));
        Assert.Empty(await TasksAsync(new TaskQuery("acme", 10) { VisibleTo = "ob@example.com" }));
        Assert.Equal(1, await Runs.CountTasksAsync(new TaskQuery("acme", 10, Assignee: Bob), 10, None));
        Assert.Equal(task.Several.Seats, (await Runs.FindTaskAsync(task.Id, None))!.Several.Seats);

        await Runs.UpdateTaskAsync((task with { Asked = task.Several with { ClaimedBy = 2 } }).AtVersion(2), None);

        Assert.Equal([own], await OfAsync(Ann));
        Assert.Equal([task.Id], await OfAsync(Bob));
    }

    [Theory]
    [InlineData(TaskSort.NewestFirst)]
    [InlineData(TaskSort.OldestFirst)]
    [InlineData(TaskSort.DueFirst)]
    public async Task Tasks_of_a_person_are_found_however_they_are_asked_for_and_as_older_builds_wrote_them(TaskSort sort)
    {
        const string Ann = "ann@xn--bcher-kva.example", Before = "ann@bücher.example";
        var now = await TaskAsync(task => task.For(Ann));
        var older = await TaskAsync(task => task.For(Before));
        var several = await TaskAsync(task => task.ForSeveral(1, "bob@example.com", Before));
        await TaskAsync(task => task.For("bob@example.com"));

        foreach (var asked in (string[])[Ann, Before, "Ann@BÜCHER.example", " ann@XN--bcher-kva.example "])
        {
            var query = new TaskQuery("acme", 10, Assignee: asked, Sort: sort);
            string[] found = [.. await TasksAsync(query)];
            Assert.Equal([now, older, several], found.Order(StringComparer.Ordinal));
            Assert.Equal(found, await AllPagesAsync(query with { Limit = 1 }));
            Assert.Equal(found, await TasksAsync(query with { Assignee = null, VisibleTo = asked }));
            Assert.Equal(3, await Runs.CountTasksAsync(query, 10, None));
        }
    }

    [Fact]
    public async Task A_task_that_was_given_to_a_name_is_found_by_the_name()
    {
        var named = await TaskAsync(task => task.For("Bob"));
        var local = await TaskAsync(task => task.For("owner@localhost"));

        Assert.Equal([named], await TasksAsync(new TaskQuery("acme", 10, Assignee: "Bob")));
        Assert.Equal([local], await TasksAsync(new TaskQuery("acme", 10, Assignee: "Owner@LOCALHOST")));
    }

    [Fact]
    public async Task A_task_keeps_that_its_email_failed()
    {
        var failure = new MailFailure(Sample.Start, "Mailbox full.");
        var one = await TaskAsync(task => task.For("ann@example.com").Mailed(0, Sample.Start, failure.Error));
        var several = await TaskAsync(task => task.ForSeveral(1, "ann@example.com", "bob@example.com").Mailed(2, Sample.Start, failure.Error));

        Assert.Equal(failure, (await Runs.FindTaskAsync(one, None))!.UnsentMail);
        Assert.Equal(failure, (await Runs.FindTaskAsync(several, None))!.UnsentMail);
    }

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
