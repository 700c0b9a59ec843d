using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Tests.Storage;

public abstract partial class RunStoreContract
{
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
}
