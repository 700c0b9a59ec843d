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
        var run = await StoredAsync(Some.Run());

        Assert.Equal(Some.Json(run), Some.Json(await Runs.FindRunAsync(run.Id, None)));
    }

    [Fact]
    public async Task A_task_comes_back_as_it_was_written()
    {
        var run = Some.Run();
        var task = Some.Task(run) with { Assignee = "maria@example.com", DueAt = Some.Start.AddHours(2) };
        await StoredAsync(run, task);

        Assert.Equal(Some.Json(task), Some.Json(await Runs.FindTaskAsync(task.Id, None)));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var run = Some.Run();

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
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(Some.Turn(run with { Version = 1 }, new RunState.Cancelled(null)), None));
        Assert.False(await Runs.UpdateTaskAsync(Some.Used(Some.Task(run)), None));
        Assert.Equal(
            CommitResult.Conflict,
            await Runs.AcceptAsync(Some.Used(Some.Task(run)), Some.Response(Some.Task(run)), None));
    }

    [Fact]
    public async Task A_run_is_created_once()
    {
        var run = await StoredAsync(Some.Run());

        var second = Some.First(run with { Version = 0, RuleSet = "other" });
        Assert.Equal(CreateResult.AlreadyExists, await Runs.CreateAsync(second, null, None));
        Assert.Equal("approval", (await Runs.FindRunAsync(run.Id, None))!.RuleSet);
    }

    [Fact]
    public async Task A_turn_changes_everything_at_once()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        run = await StoredAsync(run, task);
        var response = Some.Response(task);
        var answered = Some.Used(task);
        await Runs.AcceptAsync(answered, response, None);
        var next = Some.Continuation(run, response.Id);

        var turn = Some.Turn(run, new RunState.Completed(null), answered.Changed(Some.Start, TaskEventKind.Completed)) with
        {
            Consumed = [response.Id],
            Starts = [new RunStart(next, null, "")],
        };
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(turn, None));

        Assert.Equal(RunStatus.Completed, (await Runs.FindRunAsync(run.Id, None))!.State.Status);
        Assert.Equal(3, (await Runs.FindTaskAsync(task.Id, None))!.Version);
        Assert.Empty(await Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None));
        Assert.Equal(2, (await Runs.ReadLogAsync(run.Id, null, 10, None)).Items.Count);
        Assert.Equal(Some.Json(next), Some.Json(await Runs.FindRunAsync(next.Id, None)));
        Assert.Equal([next.Id], await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task A_turn_of_a_run_that_moved_on_writes_nothing()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        run = await StoredAsync(run, task);
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Some.Turn(run, run.State), None));

        var start = Some.Continuation(run, Ids.New(Some.Start));
        var late = Some.Turn(run, new RunState.Failed(new RunError("ask", "late", 1)), Some.Used(task), Some.Task(run, "other")) with
        {
            Starts = [new RunStart(start, null, "")],
        };
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(late, None));

        Assert.Equal(RunStatus.Paused, (await Runs.FindRunAsync(run.Id, None))!.State.Status);
        Assert.Equal(1, Assert.Single(await Runs.TasksOfRunAsync(run.Id, None)).Version);
        Assert.Equal(2, (await Runs.ReadLogAsync(run.Id, null, 10, None)).Items.Count);
        Assert.Null(await Runs.FindRunAsync(start.Id, None));
    }

    [Fact]
    public async Task A_turn_with_a_task_that_moved_on_writes_nothing()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        run = await StoredAsync(run, task);
        Assert.True(await Runs.UpdateTaskAsync(task.Changed(Some.Start, TaskEventKind.LinkReissued), None));

        var turn = Some.Turn(run, new RunState.Expired("late"), Some.Task(run, "new"), Some.Used(task)) with
        {
            Starts = [new RunStart(Some.Continuation(run, Ids.New(Some.Start)), null, "")],
        };
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(turn, None));

        Assert.Equal(1, (await Runs.FindRunAsync(run.Id, None))!.Version);
        Assert.Equal(2, Assert.Single(await Runs.TasksOfRunAsync(run.Id, None)).Version);
        Assert.Single((await Runs.ReadLogAsync(run.Id, null, 10, None)).Items);
        Assert.Null(await Runs.FindRunAsync(turn.Starts[0].Run.Id, None));
    }

    [Fact]
    public async Task A_new_task_that_is_there_already_is_a_conflict()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        run = await StoredAsync(run, task);

        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(Some.Turn(run, run.State, task with { Title = "Again" }), None));
        Assert.Equal(task.Title, (await Runs.FindTaskAsync(task.Id, None))!.Title);
    }

    [Fact]
    public async Task Of_many_turns_at_once_one_is_committed()
    {
        var run = await StoredAsync(Some.Run(), []);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            Runs.CommitAsync(Some.Turn(run, new RunState.Cancelled($"{i}")), None))));

        Assert.Single(results, won => won == CommitResult.Committed);
        Assert.Equal(2, (await Runs.FindRunAsync(run.Id, None))!.Version);
    }

    [Fact]
    public async Task An_accepted_response_is_written_with_its_task()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        await StoredAsync(run, task);
        var response = Some.Response(task, "click");

        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Some.Used(task), response, None));

        Assert.Equal(Some.Json(Some.Used(task)), Some.Json(await Runs.FindTaskAsync(task.Id, None)));
        Assert.Equal(Some.Json(response), Some.Json(await Runs.FindSubmissionAsync(task.Id, "click", None)));
        Assert.Equal(Some.Json(response), Some.Json(Assert.Single(await Runs.UnconsumedResponsesAsync(run.Id, None))));
        Assert.Equal(Some.Json(response), Some.Json(Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None))));
    }

    [Fact]
    public async Task An_answer_is_accepted_together_with_the_turn_that_takes_it_in()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        run = await StoredAsync(run, task);
        var response = Some.Response(task, "click");
        var next = Some.Continuation(run, response.Id);
        var asked = Some.Task(next, "ask again");

        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(
            Answered(run, task, response) with { Starts = [new RunStart(next, null, "") { Begun = Some.First(next, asked) }] },
            None));

        Assert.Equal(RunStatus.Completed, (await Runs.FindRunAsync(run.Id, None))!.State.Status);
        Assert.Equal(Some.Json(Some.Used(task)), Some.Json(await Runs.FindTaskAsync(task.Id, None)));
        Assert.Equal(Some.Json(response), Some.Json(await Runs.FindSubmissionAsync(task.Id, "click", None)));
        Assert.Equal(Some.Json(response), Some.Json(Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None))));
        Assert.Empty(await Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Equal([next.Id], await Runs.ContinuationsOfAsync(run.Id, None));

        // and the run that goes on came with its first turn
        Assert.Equal(Some.Json(Some.First(next, asked).Run), Some.Json(await Runs.FindRunAsync(next.Id, None)));
        Assert.Equal(Some.Json(asked), Some.Json(Assert.Single(await Runs.TasksOfRunAsync(next.Id, None))));
        Assert.Single((await Runs.ReadLogAsync(next.Id, null, 10, None)).Items);
        var listed = await Runs.ListTasksAsync(new TaskQuery(run.Environment, 10, null, TaskStatus.Pending), None);
        Assert.Contains(asked.Id, listed.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task An_answer_whose_key_came_before_takes_no_turn()
    {
        var run = Some.Run();
        var task = Some.Task(run) with { MaxUses = 5 };
        run = await StoredAsync(run, task);
        var first = Some.Response(task, "click");
        await Runs.AcceptAsync(Some.Used(task), first, None);

        var again = Answered(run, Some.Used(task), Some.Response(Some.Used(task), "click"));
        Assert.Equal(CommitResult.Repeated, await Runs.CommitAsync(again, None));

        Assert.Equal(run.Version, (await Runs.FindRunAsync(run.Id, None))!.Version);
        Assert.Equal(1, (await Runs.FindTaskAsync(task.Id, None))!.Uses);
        Assert.Equal(first.Id, Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None)).Id);
    }

    [Fact]
    public async Task Of_answers_with_and_without_their_turn_at_once_one_is_accepted()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        run = await StoredAsync(run, task);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () => i % 2 == 0
            ? await Runs.CommitAsync(Answered(run, task, Some.Response(task, $"click {i}")), None) == CommitResult.Committed
            : await Runs.AcceptAsync(Some.Used(task), Some.Response(task, $"click {i}"), None) == CommitResult.Committed)));

        Assert.Single(results, accepted => accepted);
        var response = Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None));
        var over = (await Runs.FindRunAsync(run.Id, None))!.State.IsOver;
        Assert.Equal(over ? [] : [response.Id], (await Runs.UnconsumedResponsesAsync(run.Id, None)).Select(open => open.Id));
    }

    [Fact]
    public async Task A_second_click_with_the_same_key_is_a_duplicate()
    {
        var run = Some.Run();
        var task = Some.Task(run) with { MaxUses = 5 };
        await StoredAsync(run, task);
        var first = Some.Response(task, "click");
        await Runs.AcceptAsync(Some.Used(task), first, None);

        Assert.Equal(CommitResult.Repeated, await Runs.AcceptAsync(Some.Used(task), Some.Response(task, "click"), None));
        Assert.Equal(
            CommitResult.Repeated, await Runs.AcceptAsync(Some.Used(Some.Used(task)), Some.Response(task, "click"), None));

        Assert.Equal(1, (await Runs.FindTaskAsync(task.Id, None))!.Uses);
        Assert.Equal(first.Id, (await Runs.FindSubmissionAsync(task.Id, "click", None))!.Id);
        Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None));
    }

    [Fact]
    public async Task The_same_key_on_another_task_is_another_submission()
    {
        var run = Some.Run();
        var (one, other) = (Some.Task(run), Some.Task(run, "other"));
        await StoredAsync(run, one, other);

        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Some.Used(one), Some.Response(one, "click"), None));
        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Some.Used(other), Some.Response(other, "click"), None));
        Assert.Equal(2, (await Runs.UnconsumedResponsesAsync(run.Id, None)).Count);
    }

    [Fact]
    public async Task Responses_without_a_key_are_all_different()
    {
        var run = Some.Run();
        var task = Some.Task(run) with { MaxUses = 5 };
        await StoredAsync(run, task);

        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Some.Used(task), Some.Response(task), None));
        Assert.Equal(CommitResult.Committed, await Runs.AcceptAsync(Some.Used(Some.Used(task)), Some.Response(task), None));
        Assert.Equal(2, (await Runs.ResponsesOfTaskAsync(task.Id, None)).Count);
    }

    [Fact]
    public async Task A_response_to_a_task_that_moved_on_is_a_conflict()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        await StoredAsync(run, task);
        await Runs.UpdateTaskAsync(task.Changed(Some.Start, TaskEventKind.Cancelled) with { State = new TaskState.Cancelled(null) }, None);

        Assert.Equal(CommitResult.Conflict, await Runs.AcceptAsync(Some.Used(task), Some.Response(task, "click"), None));

        Assert.Equal(TaskStatus.Cancelled, (await Runs.FindTaskAsync(task.Id, None))!.State.Status);
        Assert.Empty(await Runs.ResponsesOfTaskAsync(task.Id, None));
    }

    [Fact]
    public async Task Two_answers_at_once_to_the_last_use_are_one()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        await StoredAsync(run, task);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            Runs.AcceptAsync(Some.Used(task), Some.Response(task, $"click {i}"), None))));

        Assert.Single(results, result => result == CommitResult.Committed);
        Assert.Equal(19, results.Count(result => result == CommitResult.Conflict));
        Assert.Single(await Runs.UnconsumedResponsesAsync(run.Id, None));
    }

    [Fact]
    public async Task Consumed_responses_stay_to_be_read()
    {
        var run = Some.Run();
        var task = Some.Task(run) with { MaxUses = 2 };
        run = await StoredAsync(run, task);
        var (first, second) = (Some.Response(task, "1"), Some.Response(task, "2"));
        await Runs.AcceptAsync(Some.Used(task), first, None);
        await Runs.AcceptAsync(Some.Used(Some.Used(task)), second, None);

        await Runs.CommitAsync(Some.Turn(run, run.State) with { Consumed = [first.Id] }, None);

        Assert.Equal([second.Id], (await Runs.UnconsumedResponsesAsync(run.Id, None)).Select(response => response.Id));
        Assert.Equal(
            [first.Id, second.Id], (await Runs.ResponsesOfTaskAsync(task.Id, None)).Select(response => response.Id));
    }

    [Fact]
    public async Task A_task_changes_on_its_own_from_the_version_before()
    {
        var run = Some.Run();
        var task = Some.Task(run);
        await StoredAsync(run, task);
        var reissued = task.Changed(Some.Start, TaskEventKind.LinkReissued) with { Generation = 1 };

        Assert.True(await Runs.UpdateTaskAsync(reissued, None));
        Assert.False(await Runs.UpdateTaskAsync(reissued, None));
        Assert.Equal(1, (await Runs.FindTaskAsync(task.Id, None))!.Generation);
    }

    [Fact]
    public async Task A_run_is_read_with_its_tasks_and_what_it_queued()
    {
        var run = Some.Run();
        run = await StoredAsync(run, Some.Task(run, "zebra"));
        var (first, second) = (Some.Continuation(run, Ids.New(Some.Start)), Some.Continuation(run, Ids.New(Some.Start)));
        var turn = Some.Turn(run, run.State, Some.Task(run, "aardvark", Some.Start.AddMinutes(1))) with
        {
            Starts = [new RunStart(first, null, ""), new RunStart(second, null, "")],
        };
        await Runs.CommitAsync(turn, None);

        var details = (await Runs.FindDetailsAsync(run.Id, None))!;
        Assert.Equal(Some.Json(turn.Run), Some.Json(details.Run));
        Assert.Equal(["zebra", "aardvark"], details.Tasks.Select(task => task.Action));
        Assert.Equal([first.Id, second.Id], details.Continuations);

        var bare = (await Runs.FindDetailsAsync(first.Id, None))!;
        Assert.Empty(bare.Tasks);
        Assert.Empty(bare.Continuations);
        Assert.Null(await Runs.FindDetailsAsync(Ids.New(Some.Start), None));
        Assert.Null(await Runs.FindDetailsAsync("no id at all", None));
    }

    [Fact]
    public async Task What_a_turn_looks_at_is_the_task_that_the_run_waits_for_and_every_open_answer()
    {
        var run = Some.Run();
        var (asked, later) = (Some.Task(run) with { MaxUses = 3 }, Some.Task(run, "later"));
        run = await StoredAsync(run, asked);
        var standing = (await Runs.FindStandingAsync(run.Id, None))!;
        Assert.Equal(Some.Json(run), Some.Json(standing.Run));
        Assert.Equal(Some.Json(asked), Some.Json(standing.Task));
        Assert.Empty(standing.Unconsumed);

        // a newer task that the run does not wait for, and an answer
        await Runs.CommitAsync(Some.Turn(run, run.State, later), None);
        Assert.Equal(asked.Id, (await Runs.FindStandingAsync(run.Id, None))!.Task!.Id);
        var response = Some.Response(asked);
        await Runs.AcceptAsync(Some.Used(asked), response, None);
        standing = (await Runs.FindStandingAsync(run.Id, None))!;
        Assert.Equal(1, standing.Task!.Uses);
        Assert.Equal([response.Id], standing.Unconsumed.Select(open => open.Id));

        var over = await StoredAsync(Some.Run());
        Assert.Null((await Runs.FindStandingAsync(over.Id, None))!.Task);
        Assert.Null(await Runs.FindStandingAsync(Ids.New(Some.Start), None));
    }

    [Fact]
    public async Task Tasks_of_a_run_are_listed_oldest_first()
    {
        var run = Some.Run();
        run = await StoredAsync(run, Some.Task(run, "zebra"));
        await Runs.CommitAsync(Some.Turn(run, run.State, Some.Task(run, "aardvark", Some.Start.AddMinutes(1))), None);
        await StoredAsync(Some.Run(), Some.Task(Some.Run(), "foreign"));

        Assert.Equal(["zebra", "aardvark"], (await Runs.TasksOfRunAsync(run.Id, None)).Select(task => task.Action));
    }

    [Fact]
    public async Task A_start_that_exists_is_left_alone()
    {
        var run = await StoredAsync(Some.Run());
        var next = Some.Continuation(run, Ids.New(Some.Start));
        await Runs.CommitAsync(Some.Turn(run, run.State) with { Starts = [new RunStart(next, null, "")] }, None);
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Some.Turn(next, new RunState.Completed(null)), None));

        var again = Some.Turn(run with { Version = 2 }, run.State) with { Starts = [new RunStart(next, null, "")] };
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(again, None));

        Assert.Equal(1, (await Runs.FindRunAsync(next.Id, None))!.Version);
        Assert.Equal([next.Id], await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task Continuations_are_listed_oldest_first()
    {
        var run = await StoredAsync(Some.Run());
        var started = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var next = Some.Continuation(run, Ids.New(Some.Start.AddMinutes(i)));
            started.Add(next.Id);
            await Runs.CommitAsync(Some.Turn(run, run.State) with { Starts = [new RunStart(next, null, "")] }, None);
            run = run with { Version = run.Version + 1 };
        }

        Assert.Equal(started, await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task The_log_is_read_in_pages()
    {
        var run = await StoredAsync(Some.Run());
        for (var turn = 1; turn <= 4; turn++)
        {
            var lines = Enumerable.Range(0, 3).Select(i => Some.Line(Some.Start, RunEvent.HttpCalled, $"{turn}.{i}"));
            await Runs.CommitAsync(Some.Turn(run, run.State) with { Log = [.. lines] }, None);
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
        var root = await StoredAsync(Some.Run(), []);
        var parents = new List<Run>();
        for (var i = 0; i < 8; i++)
        {
            parents.Add(await StoredAsync(Some.Run() with { Root = root.Id }, []));
        }

        var results = await Task.WhenAll(parents.Select(parent => Task.Run(() => Runs.CommitAsync(
            Some.Turn(parent, new RunState.Completed(null)) with
            {
                Starts =
                [
                    .. Enumerable.Range(0, 3).Select(i =>
                        new RunStart(Some.Continuation(parent, Ids.New(Some.Start)) with { Root = root.Id }, null, "")),
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
        var root = await StoredAsync(Some.Run(), []);
        var turn = Some.Turn(root, new RunState.Completed(null)) with
        {
            Starts = [new RunStart(Some.Continuation(root, Ids.New(Some.Start)) with { Root = root.Id }, null, "")],
        };

        Assert.Equal(CommitResult.TreeIsFull, await Runs.CommitAsync(turn with { Tree = new RunTree(root.Id, 0) }, None));
        Assert.Equal(root.Version, (await Runs.FindRunAsync(root.Id, None))!.Version);
        Assert.Empty(await Runs.ContinuationsOfAsync(root.Id, None));
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(turn with { Tree = new RunTree(root.Id, 1) }, None));
    }

    [Fact]
    public async Task What_is_no_longer_available_is_purged_with_all_that_is_its_own()
    {
        var old = Some.Run();
        var task = Some.Task(old);
        old = await StoredAsync(old, task);
        await Runs.AcceptAsync(Some.Used(task), Some.Response(task, "click"), None);
        var young = await StoredAsync(Some.Run(Some.Start.AddDays(1)));

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
            await StoredAsync(Some.Run());
        }

        var later = Some.Start.AddDays(60);
        Assert.Equal(2, (await Runs.PurgeAsync(later, 2, None)).Count);
        Assert.Equal(3, (await Runs.PurgeAsync(later, 10, None)).Count);
        Assert.Empty(await Runs.PurgeAsync(later, 10, None));
    }

    private static TurnCommit Answered(Run run, HumanTask task, HumanResponse response) =>
        Some.Turn(run, new RunState.Completed(null), Some.Used(task)) with { Accepted = response };
}
