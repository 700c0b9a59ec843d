using HumanTasks.Core.Engine.Effects;

namespace HumanTasks.Tests.Runs;

/// <summary>How effects share the outside: bounded by kind, target and tree.</summary>
public sealed class SharingLanes
{
    private readonly EffectLanes lanes = new(_ => new EffectLimit(OfKind: 4, OfTarget: 2, OfTree: 3));
    private readonly ManualTime time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void One_target_never_takes_all_places()
    {
        Assert.NotNull(lanes.TryEnter(Lane("slow", "a")));
        Assert.NotNull(lanes.TryEnter(Lane("slow", "b")));

        Assert.Null(lanes.TryEnter(Lane("slow", "c")));
        Assert.NotNull(lanes.TryEnter(Lane("quick", "c")));
    }

    [Fact]
    public void One_tree_never_takes_all_places()
    {
        Assert.NotNull(lanes.TryEnter(Lane("one", "tree")));
        Assert.NotNull(lanes.TryEnter(Lane("two", "tree")));
        Assert.NotNull(lanes.TryEnter(Lane("three", "tree")));

        Assert.Null(lanes.TryEnter(Lane("four", "tree")));
        Assert.NotNull(lanes.TryEnter(Lane("four", "other")));
    }

    [Fact]
    public async Task Who_waits_for_one_target_is_served_in_order()
    {
        var slots = new[] { lanes.TryEnter(Lane("x", "a"))!, lanes.TryEnter(Lane("x", "b"))! };
        var first = EnterAsync(Lane("x", "c"));
        var second = EnterAsync(Lane("x", "d"));

        slots[0].Dispose();
        var entered = await first;
        Assert.False(second.IsCompleted);
        entered!.Dispose();

        Assert.NotNull(await second);
    }

    [Fact]
    public async Task A_place_that_frees_a_target_and_a_tree_lets_in_one_of_each()
    {
        var freed = lanes.TryEnter(Lane("x", "tree"))!;
        Assert.NotNull(lanes.TryEnter(Lane("x", "b")));
        var ofTarget = EnterAsync(Lane("x", "c"));
        Assert.NotNull(lanes.TryEnter(Lane("y", "tree")));

        freed.Dispose();

        Assert.NotNull(await ofTarget);
    }

    [Fact]
    public async Task Whose_patience_is_over_holds_no_place()
    {
        var slots = new[] { lanes.TryEnter(Lane("x", "a"))!, lanes.TryEnter(Lane("x", "b"))! };
        var waits = EnterAsync(Lane("x", "c"));

        time.Advance(TimeSpan.FromSeconds(31));

        Assert.Null(await waits);
        slots[0].Dispose();
        Assert.NotNull(lanes.TryEnter(Lane("x", "d")));
    }

    [Fact]
    public void A_place_is_given_back_once()
    {
        var slot = lanes.TryEnter(Lane("x", "a"))!;
        Assert.NotNull(lanes.TryEnter(Lane("x", "b")));

        slot.Dispose();
        slot.Dispose();

        Assert.NotNull(lanes.TryEnter(Lane("x", "c")));
        Assert.Null(lanes.TryEnter(Lane("x", "d")));
    }

    private Task<EffectSlot?> EnterAsync(EffectLane lane) => lanes.EnterAsync(lane, TimeSpan.FromSeconds(30), time, default);

    private static EffectLane Lane(string target, string tree) => new(EffectKind.Http, target, tree);
}
