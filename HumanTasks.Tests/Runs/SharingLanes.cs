using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;

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

    [Fact]
    public void Two_hundred_slow_hosts_leave_a_place_for_a_quick_one()
    {
        var usual = new EffectLanes(EngineOptions.Usual);
        foreach (var kind in new[] { EffectKind.Http, EffectKind.Webhook })
        {
            Assert.All(Enumerable.Range(0, 200), number => Assert.NotNull(usual.TryEnter(new EffectLane(kind, $"slow{number}", $"tree{number}"))));

            Assert.NotNull(usual.TryEnter(new EffectLane(kind, "quick", "other")));
        }
    }

    [Fact]
    public async Task One_for_whose_target_nobody_waits_may_wait_however_many_wait_for_others()
    {
        var slots = Enumerable.Range(0, 4).Select(number => lanes.TryEnter(Lane($"busy{number}", $"tree{number}"))!).ToArray();
        var flood = Enumerable.Range(0, EffectLanes.MaxWaiting).Select(number => EnterAsync(Lane("flood", $"f{number}"))).ToArray();
        Assert.Null(await EnterAsync(Lane("flood", "one more")));

        var quick = EnterAsync(Lane("quick", "other"));
        Assert.False(quick.IsCompleted);
        slots[0].Dispose();
        slots[1].Dispose();

        Assert.NotNull(await quick); // the targets take turns
        Assert.Equal(1, flood.Count(waits => waits.IsCompleted));
    }

    [Fact]
    public void Runs_that_found_no_place_look_again_about_as_fast_as_places_become_free()
    {
        var looks = new LaneLooks(_ => new EffectLimit(16, 8, 8), time);
        var slow = Lane("slow", "a");
        for (var i = 0; i < 20; i++)
        {
            looks.Note(slow, TimeSpan.FromSeconds(12));
            looks.Note(Lane("quick", "a"), TimeSpan.FromMilliseconds(40));
        }

        var now = time.GetUtcNow();
        var slowly = Enumerable.Range(0, 200).Select(_ => looks.Next(slow) - now).ToArray();
        var quickly = Enumerable.Range(0, 200).Select(_ => looks.Next(Lane("quick", "b")) - now).ToArray();

        Assert.Equal(TimeSpan.FromSeconds(2), slowly[0]);
        Assert.InRange((slowly[1] - slowly[0]).TotalSeconds, 1.4, 1.6);
        Assert.All(slowly, wait => Assert.InRange(wait, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)));
        Assert.InRange(quickly[199].TotalSeconds, 2, 8);
    }

    private Task<EffectSlot?> EnterAsync(EffectLane lane) => lanes.EnterAsync(lane, TimeSpan.FromSeconds(30), time, default);

    private static EffectLane Lane(string target, string tree) => new(EffectKind.Http, target, tree);
}
