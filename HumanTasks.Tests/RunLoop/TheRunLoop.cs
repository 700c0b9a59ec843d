using System.Collections.Concurrent;
using System.Threading.Channels;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Standalone;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Turns;

public sealed partial class TheRunLoop : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTime time = new(Sample.Start);
    private readonly SqliteStores stores = new();
    private readonly Channel<Turn> turns = Channel.CreateUnbounded<Turn>();
    private readonly RecordedLog<RunLoop> log = new();
    private readonly RunLoop loop;
    private Func<Turn, CancellationToken, Task<Next>> advance = (turn, _) => Waits(turn);

    public TheRunLoop() => loop = new RunLoop(
        async (turn, _, cancellationToken) =>
        {
            turns.Writer.TryWrite(turn);
            return new Advanced(await advance(turn, cancellationToken));
        },
        new EffectLanes(new EngineOptions().EffectLimits),
        stores.Runs,
        stores.Database.State,
        time,
        log);

    private static CancellationToken None => CancellationToken.None;

    private IRunHost Host => loop;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await loop.StopAsync(None);
        loop.Dispose();
        stores.Dispose();
    }

    [Fact]
    public async Task A_started_run_gets_turns_until_it_is_over()
    {
        var run = await PausedAsync();
        advance = (turn, _) => Task.FromResult(new Next(After(turn), turn.Number == 3));
        await loop.StartAsync(None);

        await Host.SignalAsync(run.Id, Signal.Started, None);

        Assert.Equal(new Turn(run.Id, Turn.AnyNumber, Signal.Started), await TurnAsync());
        Assert.Equal(new Turn(run.Id, 2, Signal.Continue), await TurnAsync());
        Assert.Equal(new Turn(run.Id, 3, Signal.Continue), await TurnAsync());
        await NoTurnAsync();
    }

    [Fact]
    public async Task A_run_that_waits_gets_its_turn_when_its_time_has_come()
    {
        await loop.StartAsync(None);
        var run = await PausedAsync();

        time.Advance(TimeSpan.FromMinutes(59));
        await NoTurnAsync();
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new Turn(run.Id, Turn.AnyNumber, Signal.DeadlinePassed), await TurnAsync());
    }

    [Fact]
    public async Task The_earliest_time_wakes_first_even_when_it_was_set_last()
    {
        await loop.StartAsync(None);
        await PausedAsync(TimeSpan.FromDays(20));
        await NoTurnAsync();
        var soon = await PausedAsync(TimeSpan.FromSeconds(5));

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(soon.Id, (await TurnAsync()).RunId);
        await NoTurnAsync();
    }

    [Fact]
    public async Task A_wait_that_a_turn_ends_with_is_kept()
    {
        await loop.StartAsync(None);
        var run = await PausedAsync();
        time.Advance(TimeSpan.FromHours(1));
        advance = async (turn, _) =>
        {
            await stores.Runs.CommitAsync(
                Sample.Turn(run, new RunState.Running(new RetryWait(Sample.Start.AddHours(2), "later", 1))), None);
            return new Next(2, false, Sample.Start.AddHours(2));
        };
        await TurnAsync();
        await NoTurnAsync();

        advance = (turn, _) => Waits(turn);
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new Turn(run.Id, Turn.AnyNumber, Signal.Continue), await TurnAsync());
    }

    [Fact]
    public async Task What_was_due_or_answered_while_nothing_ran_is_found_at_the_start()
    {
        var due = await PausedAsync(TimeSpan.FromSeconds(1));
        var answered = Sample.Run();
        var task = Sample.Task(answered);
        await stores.Runs.CreateAsync(Sample.First(answered, task), null, None);
        await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task), None);
        await PausedAsync();
        time.Advance(TimeSpan.FromMinutes(10));

        await loop.StartAsync(None);

        var woken = new[] { await TurnAsync(), await TurnAsync() };
        Assert.Contains(new Turn(due.Id, Turn.AnyNumber, Signal.DeadlinePassed), woken);
        Assert.Contains(new Turn(answered.Id, Turn.AnyNumber, Signal.HumanResponse), woken);
        await NoTurnAsync();
    }

    [Fact]
    public async Task More_runs_than_a_batch_are_all_found()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 450).Select(_ => PausedAsync()));
        time.Advance(TimeSpan.FromHours(1));

        await loop.StartAsync(None);

        var woken = new HashSet<string>();
        while (woken.Count < runs.Length)
        {
            woken.Add((await TurnAsync()).RunId);
        }

        Assert.Subset(runs.Select(run => run.Id).ToHashSet(), woken);
    }

    [Fact]
    public async Task A_run_whose_start_was_forgotten_is_found_soon()
    {
        await loop.StartAsync(None);
        var run = Sample.Run();
        await stores.Runs.CreateAsync(
            new TurnCommit { Run = Sample.Moved(run, run.State), ExpectedVersion = 0 }, null, None);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(run.Id, (await TurnAsync()).RunId);
    }

    [Fact]
    public async Task A_wake_up_during_a_turn_makes_one_more_turn_afterwards()
    {
        var run = await PausedAsync();
        var hand = new TaskCompletionSource();
        advance = async (turn, _) =>
        {
            await hand.Task;
            return await Waits(turn);
        };
        await loop.StartAsync(None);
        await Host.SignalAsync(run.Id, Signal.HumanResponse, None);
        await TurnAsync();

        await Host.SignalAsync(run.Id, Signal.HumanResponse, None);
        await Host.SignalAsync(run.Id, Signal.Cancelled, None);
        await NoTurnAsync();
        hand.SetResult();

        Assert.Equal(Signal.Cancelled, (await TurnAsync()).Signal);
        await NoTurnAsync();
    }

    [Fact]
    public async Task A_run_is_never_in_two_hands_and_different_runs_do_not_wait_for_each_other()
    {
        var runs = await Task.WhenAll(PausedAsync(), PausedAsync(), PausedAsync());
        var inHand = new ConcurrentDictionary<string, int>();
        var together = new TaskCompletionSource();
        var twice = false;
        advance = async (turn, _) =>
        {
            twice |= inHand.AddOrUpdate(turn.RunId, 1, (_, count) => count + 1) > 1;
            if (inHand.Count == runs.Length)
            {
                together.TrySetResult();
            }

            await together.Task.WaitAsync(Patience, None);
            inHand.AddOrUpdate(turn.RunId, 0, (_, count) => count - 1);
            return await Waits(turn);
        };
        await loop.StartAsync(None);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            Task.Run(() => Host.SignalAsync(runs[i % 3].Id, Signal.HumanResponse, None))));

        await together.Task.WaitAsync(Patience);
        Assert.False(twice);
    }

    private static Task<Next> Waits(Turn turn) =>
        Task.FromResult(new Next(turn.Number, false, Sample.Start.AddYears(1)));

    // the first turn takes the run as it is, which here is at version 1
    private static int After(Turn turn) => turn.Number == Turn.AnyNumber ? 2 : turn.Number + 1;

    private async Task<Run> PausedAsync(TimeSpan? until = null)
    {
        var run = Sample.Run();
        var task = Sample.Task(run).ExpiringAt(Sample.Start + (until ?? TimeSpan.FromHours(1)));
        var first = Sample.First(run, task);
        await stores.Runs.CreateAsync(first, null, None);
        return first.Run;
    }

    private async Task<Turn> TurnAsync() => await turns.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Lets the loop do what it would do now, by way of a run of which it knows nothing yet.</summary>
    private async Task NoTurnAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            await stores.Runs.DueRunsAsync(Sample.Start, null, 1, None);
            await Task.Yield();
        }

        Assert.False(turns.Reader.TryRead(out var turn), $"{turn}");
    }
}
