using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

public sealed partial class AnAgent
{
    [Fact]
    public async Task A_run_can_be_cancelled_while_the_model_thinks_and_what_it_says_then_does_nothing()
    {
        string? id = null;
        Model.CallsFor(("create_human_task", Ask));
        Model.Thinks = _ => harness.Runs.CancelAsync(EngineHarness.EnvironmentId, id!, "Enough", null, default);
        await harness.SaveAsync("agents", Action.Replace("MORE", "", StringComparison.Ordinal));
        id = HumanTasks.Core.Ids.New(harness.Time.GetUtcNow());
        var run = await harness.StartAsync("agents", Context, id);

        Assert.IsType<RunState.Cancelled>(run.State);
        Assert.Empty(await harness.Store.TasksOfRunAsync(run.Id, default));
    }

    [Fact]
    public async Task A_run_cancelled_while_a_person_is_asked_cancels_the_task()
    {
        Model.CallsFor(("create_human_task", Ask));
        var run = await StartAsync();
        await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "Enough", null, default);

        Assert.IsType<TaskState.Cancelled>((await harness.TaskOfAsync(run)).State);
        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_run_for_whose_call_there_is_no_room_looks_again()
    {
        using var small = new EngineHarness(maxModelCalls: 1);
        await small.SaveAsync("agents", """[{ "type": "agent", "name": "a", "instructions": "x", "assignee": "ada@example.com" }]""");
        Run? second = null;
        small.Model.Says("first").Says("second");
        small.Model.Thinks = async _ =>
        {
            small.Model.Thinks = null;
            second = await small.StartAsync("agents");
        };
        var first = await small.StartAsync("agents");

        Assert.IsType<RunState.Completed>(first.State);
        Assert.Null(Assert.IsType<RunState.Running>(second!.State).Retry);
        Assert.Single(small.Model.Calls);
        await small.WaitAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("second", (string?)(await small.FindAsync(second.Id)).Context["a"]);
    }
}
