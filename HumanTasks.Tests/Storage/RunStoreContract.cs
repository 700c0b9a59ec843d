using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Tests.Storage;

/// <summary>What every <see cref="IRunStore"/> does with runs, tasks and responses.</summary>
public abstract class RunStoreContract : StoreContract
{
    [Fact]
    public async Task A_run_comes_back_as_it_was_written()
    {
        var run = await StoredAsync(Sample.Run());

        Assert.Equal(Sample.Json(run), Sample.Json(await Runs.FindRunAsync(run.Id, None)));
    }

    [Fact]
    public async Task A_task_comes_back_as_it_was_written()
    {
        var run = Sample.Run();
        var task = Sample.Task(run).For("maria@example.com").Due(Sample.Start.AddHours(2));
        await StoredAsync(run, task);

        Assert.Equal(Sample.Json(task), Sample.Json(await Runs.FindTaskAsync(task.Id, None)));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var run = Sample.Run();

        Assert.Null(await Runs.FindRunAsync(run.Id, None));
        Assert.Null(await Runs.FindRunAsync("no id at all", None));
        Assert.Null(await Runs.FindTaskAsync(HumanTask.IdOf(run.Id, "ask"), None));
        Assert.Null(await Runs.FindTaskAsync("no id at all", None));
        Assert.Null(await Runs.FindSubmissionAsync(HumanTask.IdOf(run.Id, "ask"), "key", None));
        Assert.Empty(await Runs.TasksOfRunAsync(run.Id, None));
        Assert.Empty(await Runs.ResponsesOfTaskAsync(HumanTask.IdOf(run.Id, "ask"), None));
        Assert.Empty(await Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Empty(await Runs.ContinuationsOfAsync(run.Id, None));
        Assert.Empty((await Runs.ReadLogAsync(run.Id, null, 10, None)).Items);
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(Sample.Turn(run with { Version = 1 }, new RunState.Cancelled(null)), None));
        Assert.False(await Runs.UpdateTaskAsync(Sample.Used(Sample.Task(run)), None));
        Assert.Equal(
            CommitResult.Conflict,
            await Runs.AcceptAsync(Sample.Used(Sample.Task(run)), Sample.Response(Sample.Task(run)), None));
    }

    [Fact]
    public async Task A_run_is_created_once()
    {
        var run = await StoredAsync(Sample.Run());

        var second = Sample.First(run with { Version = 0, RuleSet = "other" });
        Assert.Equal(CreateResult.AlreadyExists, await Runs.CreateAsync(second, null, None));
        Assert.Equal("approval", (await Runs.FindRunAsync(run.Id, None))!.RuleSet);
    }

    [Fact]
    public async Task A_turn_changes_everything_at_once()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);
        var response = Sample.Response(task);
        var answered = Sample.Used(task);
        await Runs.AcceptAsync(answered, response, None);
        var next = Sample.Continuation(run, response.Id);

        var turn = Sample.Turn(run, new RunState.Completed(null), answered.Changed(Sample.Start, TaskEventKind.Completed)) with
        {
            Consumed = [response.Id],
            Starts = [new RunStart(next, null, "")],
        };
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(turn, None));

        Assert.Equal(RunStatus.Completed, (await Runs.FindRunAsync(run.Id, None))!.State.Status);
        Assert.Equal(3, (await Runs.FindTaskAsync(task.Id, None))!.History.Version);
        Assert.Empty(await Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None));
        Assert.Equal(2, (await Runs.ReadLogAsync(run.Id, null, 10, None)).Items.Count);
        Assert.Equal(Sample.Json(next), Sample.Json(await Runs.FindRunAsync(next.Id, None)));
        Assert.Equal([next.Id], await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task A_turn_of_a_run_that_moved_on_writes_nothing()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Sample.Turn(run, run.State), None));

        var start = Sample.Continuation(run, Ids.New(Sample.Start));
        var late = Sample.Turn(run, new RunState.Failed(new RunError("ask", "late", 1)), Sample.Used(task), Sample.Task(run, "other")) with
        {
            Starts = [new RunStart(start, null, "")],
        };
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(late, None));

        Assert.Equal(RunStatus.Paused, (await Runs.FindRunAsync(run.Id, None))!.State.Status);
        Assert.Equal(1, Assert.Single(await Runs.TasksOfRunAsync(run.Id, None)).History.Version);
        Assert.Equal(2, (await Runs.ReadLogAsync(run.Id, null, 10, None)).Items.Count);
        Assert.Null(await Runs.FindRunAsync(start.Id, None));
    }

    [Fact]
    public async Task A_turn_with_a_task_that_moved_on_writes_nothing()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);
        Assert.True(await Runs.UpdateTaskAsync(task.Changed(Sample.Start, TaskEventKind.LinkReissued), None));

        var turn = Sample.Turn(run, new RunState.Expired("late"), Sample.Task(run, "new"), Sample.Used(task)) with
        {
            Starts = [new RunStart(Sample.Continuation(run, Ids.New(Sample.Start)), null, "")],
        };
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(turn, None));

        Assert.Equal(1, (await Runs.FindRunAsync(run.Id, None))!.Version);
        Assert.Equal(2, Assert.Single(await Runs.TasksOfRunAsync(run.Id, None)).History.Version);
        Assert.Single((await Runs.ReadLogAsync(run.Id, null, 10, None)).Items);
        Assert.Null(await Runs.FindRunAsync(turn.Starts[0].Run.Id, None));
    }

    [Fact]
    public async Task A_new_task_that_is_there_already_is_a_conflict()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);

        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(Sample.Turn(run, run.State, task.Titled("Again")), None));
        Assert.Equal(task.Question.Title, (await Runs.FindTaskAsync(task.Id, None))!.Question.Title);
    }

    [Fact]
    public async Task Of_many_turns_at_once_one_is_committed()
    {
        var run = await StoredAsync(Sample.Run(), []);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            Runs.CommitAsync(Sample.Turn(run, new RunState.Cancelled($"{i}")), None))));

        Assert.Single(results, won => won == CommitResult.Committed);
        Assert.Equal(2, (await Runs.FindRunAsync(run.Id, None))!.Version);
    }

    [Fact]
    public async Task An_accepted_response_is_written_with_its_task()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        await StoredAsync(run, task);
        var response = Sample.Response(task, "click");

        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Sample.Used(task), response, None));

        Assert.Equal(Sample.Json(Sample.Used(task)), Sample.Json(await Runs.FindTaskAsync(task.Id, None)));
        Assert.Equal(Sample.Json(response), Sample.Json(await Runs.FindSubmissionAsync(task.Id, "click", None)));
        Assert.Equal(Sample.Json(response), Sample.Json(Assert.Single(await Runs.UnconsumedResponsesAsync(run.Id, None))));
        Assert.Equal(Sample.Json(response), Sample.Json(Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None))));
    }

    [Fact]
    public async Task An_answer_is_accepted_together_with_the_turn_that_takes_it_in()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);
        var response = Sample.Response(task, "click");
        var next = Sample.Continuation(run, response.Id);
        var asked = Sample.Task(next, "ask again");

        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(
            Answered(run, task, response) with { Starts = [new RunStart(next, null, "") { Begun = Sample.First(next, asked) }] },
            None));

        Assert.Equal(RunStatus.Completed, (await Runs.FindRunAsync(run.Id, None))!.State.Status);
        Assert.Equal(Sample.Json(Sample.Used(task)), Sample.Json(await Runs.FindTaskAsync(task.Id, None)));
        Assert.Equal(Sample.Json(response), Sample.Json(await Runs.FindSubmissionAsync(task.Id, "click", None)));
        Assert.Equal(Sample.Json(response), Sample.Json(Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None))));
        Assert.Empty(await Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Equal([next.Id], await Runs.ContinuationsOfAsync(run.Id, None));

        // and the run that goes on came with its first turn
        Assert.Equal(Sample.Json(Sample.First(next, asked).Run), Sample.Json(await Runs.FindRunAsync(next.Id, None)));
        Assert.Equal(Sample.Json(asked), Sample.Json(Assert.Single(await Runs.TasksOfRunAsync(next.Id, None))));
        Assert.Single((await Runs.ReadLogAsync(next.Id, null, 10, None)).Items);
        var listed = await Runs.ListTasksAsync(new TaskQuery(run.Environment, 10, null, TaskStatus.Pending), None);
        Assert.Contains(asked.Id, listed.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task An_answer_whose_key_came_before_takes_no_turn()
    {
        var run = Sample.Run();
        var task = Sample.Task(run).Usable(5);
        run = await StoredAsync(run, task);
        var first = Sample.Response(task, "click");
        await Runs.AcceptAsync(Sample.Used(task), first, None);

        var again = Answered(run, Sample.Used(task), Sample.Response(Sample.Used(task), "click"));
        Assert.Equal(CommitResult.Repeated, await Runs.CommitAsync(again, None));

        Assert.Equal(run.Version, (await Runs.FindRunAsync(run.Id, None))!.Version);
        Assert.Equal(1, (await Runs.FindTaskAsync(task.Id, None))!.Uses);
        Assert.Equal(first.Id, Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None)).Id);
    }

    [Fact]
    public async Task Of_answers_with_and_without_their_turn_at_once_one_is_accepted()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () => i % 2 == 0
            ? await Runs.CommitAsync(Answered(run, task, Sample.Response(task, $"click {i}")), None) == CommitResult.Committed
            : await Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, $"click {i}"), None) == CommitResult.Committed)));

        Assert.Single(results, accepted => accepted);
        var response = Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None));
        var over = (await Runs.FindRunAsync(run.Id, None))!.State.IsOver;
        Assert.Equal(over ? [] : [response.Id], (await Runs.UnconsumedResponsesAsync(run.Id, None)).Select(open => open.Id));
    }

    [Fact]
    public async Task A_second_click_with_the_same_key_is_a_duplicate()
    {
        var run = Sample.Run();
        var task = Sample.Task(run).Usable(5);
        await StoredAsync(run, task);
        var first = Sample.Response(task, "click");
        await Runs.AcceptAsync(Sample.Used(task), first, None);

        Assert.Equal(CommitResult.Repeated, await Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, "click"), None));
        Assert.Equal(
            CommitResult.Repeated, await Runs.AcceptAsync(Sample.Used(Sample.Used(task)), Sample.Response(task, "click"), None));

        Assert.Equal(1, (await Runs.FindTaskAsync(task.Id, None))!.Uses);
        Assert.Equal(first.Id, (await Runs.FindSubmissionAsync(task.Id, "click", None))!.Id);
        Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None));
    }

    [Fact]
    public async Task The_same_key_on_another_task_is_another_submission()
    {
        var run = Sample.Run();
        var (one, other) = (Sample.Task(run), Sample.Task(run, "other"));
        await StoredAsync(run, one, other);

        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Sample.Used(one), Sample.Response(one, "click"), None));
        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Sample.Used(other), Sample.Response(other, "click"), None));
        Assert.Equal(2, (await Runs.UnconsumedResponsesAsync(run.Id, None)).Count);
    }

    [Fact]
    public async Task Responses_without_a_key_are_all_different()
    {
        var run = Sample.Run();
        var task = Sample.Task(run).Usable(5);
        await StoredAsync(run, task);

        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Sample.Used(task), Sample.Response(task), None));
        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Sample.Used(Sample.Used(task)), Sample.Response(task), None));
        Assert.Equal(2, (await Runs.ResponsesOfTaskAsync(task.Id, None)).Count);
    }

    [Fact]
    public async Task A_response_to_a_task_that_moved_on_is_a_conflict()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        await StoredAsync(run, task);
        await Runs.UpdateTaskAsync(task.Changed(Sample.Start, TaskEventKind.Cancelled) with { State = new TaskState.Cancelled(null) }, None);

        Assert.Equal(CommitResult.Conflict, await Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, "click"), None));

        Assert.Equal(TaskStatus.Cancelled, (await Runs.FindTaskAsync(task.Id, None))!.State.Status);
        Assert.Empty(await Runs.ResponsesOfTaskAsync(task.Id, None));
    }

    [Fact]
    public async Task Two_answers_at_once_to_the_last_use_are_one()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        await StoredAsync(run, task);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, $"click {i}"), None))));

        Assert.Single(results, result => result == CommitResult.Committed);
        Assert.Equal(19, results.Count(result => result == CommitResult.Conflict));
        Assert.Single(await Runs.UnconsumedResponsesAsync(run.Id, None));
    }

    [Fact]
    public async Task Consumed_responses_stay_to_be_read()
    {
        var run = Sample.Run();
        var task = Sample.Task(run).Usable(2);
        run = await StoredAsync(run, task);
        var (first, second) = (Sample.Response(task, "1"), Sample.Response(task, "2"));
        await Runs.AcceptAsync(Sample.Used(task), first, None);
        await Runs.AcceptAsync(Sample.Used(Sample.Used(task)), second, None);

        await Runs.CommitAsync(Sample.Turn(run, run.State) with { Consumed = [first.Id] }, None);

        Assert.Equal([second.Id], (await Runs.UnconsumedResponsesAsync(run.Id, None)).Select(response => response.Id));
        Assert.Equal(
            [first.Id, second.Id], (await Runs.ResponsesOfTaskAsync(task.Id, None)).Select(response => response.Id));
    }

    [Fact]
    public async Task A_task_changes_on_its_own_from_the_version_before()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        await StoredAsync(run, task);
        var reissued = task.Changed(Sample.Start, TaskEventKind.LinkReissued) with { Asked = task.Asked.Reissued(null) };

        Assert.True(await Runs.UpdateTaskAsync(reissued, None));
        Assert.False(await Runs.UpdateTaskAsync(reissued, None));
        Assert.Equal(1, (await Runs.FindTaskAsync(task.Id, None))!.Generation);
    }

    [Fact]
    public async Task A_run_is_read_with_its_tasks_and_what_it_queued()
    {
        var run = Sample.Run();
        run = await StoredAsync(run, Sample.Task(run, "zebra"));
        var (first, second) = (Sample.Continuation(run, Ids.New(Sample.Start)), Sample.Continuation(run, Ids.New(Sample.Start)));
        var turn = Sample.Turn(run, run.State, Sample.Task(run, "aardvark", Sample.Start.AddMinutes(1))) with
        {
            Starts = [new RunStart(first, null, ""), new RunStart(second, null, "")],
        };
        await Runs.CommitAsync(turn, None);

        var details = (await Runs.FindDetailsAsync(run.Id, None))!;
        Assert.Equal(Sample.Json(turn.Run), Sample.Json(details.Run));
        Assert.Equal(["zebra", "aardvark"], details.Tasks.Select(task => task.Action));
        Assert.Equal([first.Id, second.Id], details.Continuations);

        var bare = (await Runs.FindDetailsAsync(first.Id, None))!;
        Assert.Empty(bare.Tasks);
        Assert.Empty(bare.Continuations);
        Assert.Null(await Runs.FindDetailsAsync(Ids.New(Sample.Start), None));
        Assert.Null(await Runs.FindDetailsAsync("no id at all", None));
    }

    [Fact]
    public async Task What_a_turn_looks_at_is_the_task_that_the_run_waits_for_and_every_open_answer()
    {
        var run = Sample.Run();
        var (asked, later) = (Sample.Task(run).Usable(3), Sample.Task(run, "later"));
        run = await StoredAsync(run, asked);
        var standing = (await Runs.FindStandingAsync(run.Id, None))!;
        Assert.Equal(Sample.Json(run), Sample.Json(standing.Run));
        Assert.Equal(Sample.Json(asked), Sample.Json(standing.Task));
        Assert.Empty(standing.Unconsumed);

        // a newer task that the run does not wait for, and an answer
        await Runs.CommitAsync(Sample.Turn(run, run.State, later), None);
        Assert.Equal(asked.Id, (await Runs.FindStandingAsync(run.Id, None))!.Task!.Id);
        var response = Sample.Response(asked);
        await Runs.AcceptAsync(Sample.Used(asked), response, None);
        standing = (await Runs.FindStandingAsync(run.Id, None))!;
        Assert.Equal(1, standing.Task!.Uses);
        Assert.Equal([response.Id], standing.Unconsumed.Select(open => open.Id));

        var over = await StoredAsync(Sample.Run());
        Assert.Null((await Runs.FindStandingAsync(over.Id, None))!.Task);
        Assert.Null(await Runs.FindStandingAsync(Ids.New(Sample.Start), None));
    }

    [Fact]
    public async Task Tasks_of_a_run_are_listed_oldest_first()
    {
        var run = Sample.Run();
        run = await StoredAsync(run, Sample.Task(run, "zebra"));
        await Runs.CommitAsync(Sample.Turn(run, run.State, Sample.Task(run, "aardvark", Sample.Start.AddMinutes(1))), None);
        await StoredAsync(Sample.Run(), Sample.Task(Sample.Run(), "foreign"));

        Assert.Equal(["zebra", "aardvark"], (await Runs.TasksOfRunAsync(run.Id, None)).Select(task => task.Action));
    }

    [Fact]
    public async Task A_start_that_exists_is_left_alone()
    {
        var run = await StoredAsync(Sample.Run());
        var next = Sample.Continuation(run, Ids.New(Sample.Start));
        await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = [new RunStart(next, null, "")] }, None);
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Sample.Turn(next, new RunState.Completed(null)), None));

        var again = Sample.Turn(run with { Version = 2 }, run.State) with { Starts = [new RunStart(next, null, "")] };
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(again, None));

        Assert.Equal(1, (await Runs.FindRunAsync(next.Id, None))!.Version);
        Assert.Equal([next.Id], await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task Continuations_are_listed_oldest_first()
    {
        var run = await StoredAsync(Sample.Run());
        var started = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var next = Sample.Continuation(run, Ids.New(Sample.Start.AddMinutes(i)));
            started.Add(next.Id);
            await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = [new RunStart(next, null, "")] }, None);
            run = run with { Version = run.Version + 1 };
        }

        Assert.Equal(started, await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task The_log_is_read_in_pages()
    {
        var run = await StoredAsync(Sample.Run());
        for (var turn = 1; turn <= 4; turn++)
        {
            var lines = Enumerable.Range(0, 3).Select(i => Sample.Line(Sample.Start, RunEvent.HttpCalled, $"{turn}.{i}"));
            await Runs.CommitAsync(Sample.Turn(run, run.State) with { Log = [.. lines] }, None);
            run = run with { Version = run.Version + 1 };
        }

        var read = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await Runs.ReadLogAsync(run.Id, cursor, 2, None);
            Assert.InRange(page.Items.Count, 1, 2);
            read.AddRange(page.Items.Select(line => line.Detail));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(
            [null, "1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "3.0", "3.1", "3.2", "4.0", "4.1", "4.2"], read);
        await Assert.ThrowsAsync<InvalidCursorException>(() => Runs.ReadLogAsync(run.Id, "not a cursor", 200, None));
    }

    [Fact]
    public async Task A_tree_takes_no_more_runs_than_it_may_have_however_many_try_at_once()
    {
        const int Limit = 10;
        var root = await StoredAsync(Sample.Run(), []);
        var parents = new List<Run>();
        for (var i = 0; i < 8; i++)
        {
            parents.Add(await StoredAsync(Sample.Run() with { Root = root.Id }, []));
        }

        var results = await Task.WhenAll(parents.Select(parent => Task.Run(() => Runs.CommitAsync(
            Sample.Turn(parent, new RunState.Completed(null)) with
            {
                Starts =
                [
                    .. Enumerable.Range(0, 3).Select(i =>
                        new RunStart(Sample.Continuation(parent, Ids.New(Sample.Start)) with { Root = root.Id }, null, "")),
                ],
                Tree = new RunTree(root.Id, Limit),
            },
            None))));

        var started = 0;
        foreach (var parent in parents)
        {
            started += (await Runs.ContinuationsOfAsync(parent.Id, None)).Count;
        }

        var committed = results.Count(result => result == CommitResult.Committed);
        Assert.Equal(3 * committed, started);
        Assert.InRange(committed, 0, 3);
        Assert.Equal(results.Length - committed, results.Count(result => result == CommitResult.TreeIsFull));
    }

    [Fact]
    public async Task A_turn_that_its_tree_has_no_room_for_leaves_nothing_behind()
    {
        var root = await StoredAsync(Sample.Run(), []);
        var turn = Sample.Turn(root, new RunState.Completed(null)) with
        {
            Starts = [new RunStart(Sample.Continuation(root, Ids.New(Sample.Start)) with { Root = root.Id }, null, "")],
        };

        Assert.Equal(CommitResult.TreeIsFull, await Runs.CommitAsync(turn with { Tree = new RunTree(root.Id, 0) }, None));
        Assert.Equal(root.Version, (await Runs.FindRunAsync(root.Id, None))!.Version);
        Assert.Empty(await Runs.ContinuationsOfAsync(root.Id, None));
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(turn with { Tree = new RunTree(root.Id, 1) }, None));
    }

    [Fact]
    public async Task What_is_no_longer_available_is_purged_with_all_that_is_its_own()
    {
        var old = Sample.Run();
        var task = Sample.Task(old);
        old = await StoredAsync(old, task);
        await Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, "click"), None);
        var young = await StoredAsync(Sample.Run(Sample.Start.AddDays(1)));

        Assert.Empty(await Runs.PurgeAsync(old.AvailableUntil.AddTicks(-1), 10, None));
        Assert.Equal([old.Id], await Runs.PurgeAsync(old.AvailableUntil, 10, None));

        Assert.Null(await Runs.FindRunAsync(old.Id, None));
        Assert.Null(await Runs.FindTaskAsync(task.Id, None));
        Assert.Null(await Runs.FindSubmissionAsync(task.Id, "click", None));
        Assert.Empty(await Runs.UnconsumedResponsesAsync(old.Id, None));
        Assert.Empty((await Runs.ReadLogAsync(old.Id, null, 10, None)).Items);
        Assert.Empty((await Runs.ListTasksAsync(new TaskQuery("acme", 10), None)).Items);
        Assert.Equal([young.Id], (await Runs.ListRunsAsync(new RunQuery("acme", 10), None)).Items.Select(run => run.Id));
    }

    [Fact]
    public async Task A_purge_is_bounded()
    {
        for (var i = 0; i < 5; i++)
        {
            await StoredAsync(Sample.Run());
        }

        var later = Sample.Start.AddDays(60);
        Assert.Equal(2, (await Runs.PurgeAsync(later, 2, None)).Count);
        Assert.Equal(3, (await Runs.PurgeAsync(later, 10, None)).Count);
        Assert.Empty(await Runs.PurgeAsync(later, 10, None));
    }

    private static TurnCommit Answered(Run run, HumanTask task, HumanResponse response) =>
        Sample.Turn(run, new RunState.Completed(null), Sample.Used(task)) with { Accepted = response };
}
