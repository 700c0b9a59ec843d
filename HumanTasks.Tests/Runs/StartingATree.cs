using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

/// <summary>Turns that start runs are bounded by tree, as effects are.</summary>
public sealed class StartingATree : IDisposable
{
    private readonly House house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task A_turn_that_starts_more_waits_while_others_of_its_tree_start_theirs()
    {
        await house.SaveAsync("leaf", """[{ "type": "set", "name": "s", "values": { "x": 1 } }]""");
        await house.SaveAsync("wide", $"[{string.Join(", ", Enumerable.Range(0, 40).Select(i => $$"""{ "type": "startRuleSet", "name": "s{{i}}", "ruleSet": "leaf" }"""))}]");
        var id = Core.Ids.New(house.Time.GetUtcNow());
        var taken = Enumerable.Range(0, 4).Select(_ => house.Lanes.TryEnter(EffectLane.Starts(id))!).ToArray();
        Assert.Null(house.Lanes.TryEnter(EffectLane.Starts(id)));

        await house.StartAsync("wide", runId: id);
        Assert.Equal(16, (await house.Store.ContinuationsOfAsync(id, default)).Count); // written with the run itself
        Assert.IsType<RunState.Completed>((await house.StartAsync("wide")).State); // another tree

        taken[0].Dispose();
        await house.WaitAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(40, (await house.Store.ContinuationsOfAsync(id, default)).Count);
        Assert.IsType<RunState.Completed>((await house.FindAsync(id)).State);
    }
}
