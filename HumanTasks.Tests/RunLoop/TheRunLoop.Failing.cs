using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Turns;

public sealed partial class TheRunLoop
{
    [Fact]
    public async Task A_turn_that_fails_is_tried_again_later_and_later()
    {
        var run = await PausedAsync(TimeSpan.FromDays(1));
        advance = (_, _) => throw new InvalidOperationException("Broken.");
        await loop.StartAsync(None);
        await Host.SignalAsync(run.Id, Signal.Started, None);

        foreach (var seconds in new[] { 1, 2, 4, 8 })
        {
            await TurnAsync();
            Assert.Contains(run.Id, await log.NextAsync(Patience), StringComparison.Ordinal);
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            await NoTurnAsync();
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await TurnAsync();
    }

    [Fact]
    public async Task A_turn_that_meets_an_exception_five_times_is_given_up()
    {
        var run = await PausedAsync(TimeSpan.FromDays(1));
        advance = (turn, _) => turn.Signal == Signal.GivenUp
            ? Task.FromResult(new Next(2, IsOver: true))
            : throw new InvalidOperationException("Broken.");
        await loop.StartAsync(None);
        await Host.SignalAsync(run.Id, Signal.Started, None);

        foreach (var seconds in new[] { 1, 2, 4, 8 })
        {
            await TurnAsync();
            await log.NextAsync(Patience);
            time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(Signal.Continue, (await TurnAsync()).Signal);
        var last = await TurnAsync();

        Assert.Equal((run.Id, Signal.GivenUp, 5), (last.RunId, last.Signal, last.Attempts));
        await NoTurnAsync();
    }

    [Fact]
    public async Task A_turn_that_is_cut_off_is_never_given_up()
    {
        var run = await PausedAsync(TimeSpan.FromDays(1));
        advance = (_, _) => throw new TaskCanceledException("The connection was cut.");
        await loop.StartAsync(None);
        await Host.SignalAsync(run.Id, Signal.Started, None);

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64 })
        {
            Assert.NotEqual(Signal.GivenUp, (await TurnAsync()).Signal);
            await log.NextAsync(Patience);
            time.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public async Task Stopping_finishes_the_turn_in_hand_and_takes_no_other()
    {
        var run = await PausedAsync();
        var hand = new TaskCompletionSource();
        advance = async (turn, cancellationToken) =>
        {
            await hand.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return new Next(After(turn), false);
        };
        await loop.StartAsync(None);
        await Host.SignalAsync(run.Id, Signal.Started, None);
        await TurnAsync();

        var stopped = loop.StopAsync(None);
        Assert.False(stopped.IsCompleted);
        hand.SetResult();
        await stopped.WaitAsync(Patience);

        await NoTurnAsync();
        Assert.Empty(log.Lines);
    }
}
