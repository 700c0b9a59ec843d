using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using Moq;

namespace HumanTasks.Tests.Runs;

/// <summary>Turns that start runs are bounded by tree, as effects are.</summary>
public sealed class StartingATree : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task A_turn_that_starts_more_waits_while_others_of_its_tree_start_theirs()
    {
        await harness.SaveAsync("leaf", """[{ "type": "set", "name": "s", "values": { "x": 1 } }]""");
        await harness.SaveAsync("wide", $"[{string.Join(", ", Enumerable.Range(0, 40).Select(i => $$"""{ "type": "startRuleSet", "name": "s{{i}}", "ruleSet": "leaf" }"""))}]");
        var id = Core.Ids.New(harness.Time.GetUtcNow());
        var taken = Enumerable.Range(0, 4).Select(_ => harness.Lanes.TryEnter(EffectLane.Starts(id))!).ToArray();
        Assert.Null(harness.Lanes.TryEnter(EffectLane.Starts(id)));

        await harness.StartAsync("wide", runId: id);
        Assert.Equal(16, (await harness.Store.ContinuationsOfAsync(id, default)).Count); // written with the run itself
        Assert.IsType<RunState.Completed>((await harness.StartAsync("wide")).State); // another tree

        taken[0].Dispose();
        await harness.WaitAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(40, (await harness.Store.ContinuationsOfAsync(id, default)).Count);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(id)).State);
    }

    [Fact]
    public async Task Where_turns_queue_a_tree_starts_no_more_while_its_runs_wait_for_their_first_turn()
    {
        await harness.SaveAsync("leaf", """[{ "type": "http", "name": "call", "method": "POST", "url": "https://leaf.example/" }]""");
        await harness.SaveAsync("wide", $"[{string.Join(", ", Enumerable.Range(0, 100).Select(i => $$"""{ "type": "startRuleSet", "name": "s{{i}}", "ruleSet": "leaf" }"""))}]");
        var queue = Mock.Of<IRunHost>();
        var engine = harness.NewEngine(queue, harness.Store);
        var root = (await StartAsync()).Id;

        await TurnsAsync(root);
        var waiting = await harness.Store.ContinuationsOfAsync(root, default);
        Assert.InRange(waiting.Count, 32, 48);
        Assert.IsType<RunState.Running>((await harness.FindAsync(root)).State);

        await TurnsAsync((await StartAsync()).Id); // another tree fills a queue of its own
        foreach (var leaf in waiting.Take(20))
        {
            await TurnsAsync(leaf);
        }

        await TurnsAsync(root);
        var more = (await harness.Store.ContinuationsOfAsync(root, default)).Count;
        Assert.InRange(more, waiting.Count + 1, 64);

        harness.Time.Advance(TimeSpan.FromSeconds(11)); // another process may have taken their turns
        await TurnsAsync(root);
        Assert.True((await harness.Store.ContinuationsOfAsync(root, default)).Count > more);

        async Task<Run> StartAsync() => Assert.IsType<StartVerdict.Started>(
            await harness.NewRunOperations(engine).StartAsync(await harness.RequestAsync("wide"), default)).Run;

        async Task TurnsAsync(string run)
        {
            Next next;
            do
            {
                next = await engine.AdvanceAsync(new Turn(run, Turn.AnyNumber, Signal.Continue), default);
            }
            while (!next.IsOver && next.WaitsUntil is null);
        }
    }
}
