using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// The only writer of runs and tasks. Loads what a command or a turn is decided on, commits the decision, decides again
/// after a lost race, and tells the host.
/// </summary>
public sealed partial class RunEngine(
    IRunStore store,
    IRunHost host,
    TurnMaker turns,
    ReceiptLedger receipts,
    EffectLanes lanes,
    EngineOptions options,
    TimeProvider time)
{
    private const int MaxTries = 100; // attempts to record an effect; each lost race means that someone else changed the run

    private readonly PerformedEffects performed = new();

    /// <summary>
    /// Takes one turn for a host that manages the places of effects. Performs only an effect that has a place, and
    /// returns the lane in which the run wants one.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="enters">Called before an effect. Returns whether there is a place for it.</param>
    /// <param name="cancellationToken">Cancels the turn before the commit.</param>
    public async Task<Advanced> AdvanceAsync(Turn turn, Func<EffectLane, bool> enters, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var (advanced, again) = await TakeAsync(turn, enters, cancellationToken);
            if (!again || tries == MaxTries)
            {
                return advanced;
            }

            turn = turn with { Number = Turn.AnyNumber, Signal = Signal.Continue };
        }
    }

    /// <summary>
    /// Takes one turn. Returns whether to take it again immediately, because it performed an effect that it could not
    /// record.
    /// </summary>
    private async Task<(Advanced Advanced, bool Again)> TakeAsync(
        Turn turn, Func<EffectLane, bool> enters, CancellationToken cancellationToken)
    {
        backlog.Take(turn.RunId);
        using var span = Telemetry.Turn(turn.RunId, turn.Signal);
        string? correlationId = null;
        try
        {
            if (turn.Signal == Signal.GivenUp)
            {
                return (new Advanced(await FailAsync(turn, cancellationToken)), false);
            }

            for (var treeIsFull = false; await store.FindStandingAsync(turn.RunId, cancellationToken) is { } standing; treeIsFull = true)
            {
                correlationId = standing.Run.CorrelationId;
                span.Begin(standing.Run, TurnMaker.TraceOf(turn, standing.Run));
                if (await TakeAsync(turn, standing, enters, treeIsFull, span, cancellationToken) is { } taken)
                {
                    return taken;
                }
            }

            performed.Forget(turn.RunId);
            return (new Advanced(new Next(turn.Number, IsOver: true)), false);
        }
        catch (Exception fault)
        {
            span.Fail(fault);
            if (!RunFaults.IsWaitedOut(fault))
            {
                Tell(turn.RunId, correlationId, fault);
            }

            throw;
        }
    }

    /// <summary>Returns null if the tree of the run has no room for the runs that the turn starts.</summary>
    private async Task<(Advanced Advanced, bool Again)?> TakeAsync(
        Turn turn,
        RunStanding standing,
        Func<EffectLane, bool> enters,
        bool treeIsFull,
        TurnSpan span,
        CancellationToken cancellationToken)
    {
        var unrecorded = performed.Find(turn.RunId);
        var run = standing.Run;
        var retries = turn.Signal == Signal.Retry && run.State is RunState.Failed;
        var isOver = run.State.IsOver && !retries;
        if (isOver && unrecorded is null)
        {
            return (new Advanced(Next.Of(run)), false);
        }

        if (run.Version > turn.Number)
        {
            // someone else changed the run: the next turn reads the current state
            return (new Advanced(new Next(run.Version, IsOver: false)), unrecorded is not null);
        }

        var draft = await turns.TakeAsync(turn, standing, unrecorded, enters, treeIsFull, cancellationToken);
        while (draft.Wanted is { } effect)
        {
            if (!enters(effect.Lane))
            {
                draft.LeaveWanted();
                break;
            }

            draft.Perform(await PerformAsync(run, effect, cancellationToken));
            performed.Keep(run.Id, draft.Performed!);
            await turns.GoOnAsync(draft, standing.Task, cancellationToken);
        }

        if (!draft.HasChanges)
        {
            performed.Forget(run.Id);
            return (new Advanced(Next.Of(run), draft.Wants), false);
        }

        var commit = await turns.WithFirstTurnsAsync(draft.Commit(), cancellationToken);
        switch (await store.CommitAsync(commit, cancellationToken))
        {
            case CommitResult.Conflict or CommitResult.Repeated:
                return (new Advanced(new Next(run.Version, IsOver: false)), draft.Performed is not null);
            case CommitResult.TreeIsFull:
                return null;
            default:
                performed.Forget(run.Id);
                options.Faults.Settle(run.Id);
                span.Done(commit.Run);
                await TellAsync(commit, cancellationToken);
                return (new Advanced(Next.Of(commit.Run), draft.Wants), false);
        }
    }

    private async Task<EffectResult> PerformAsync(Run run, Effect effect, CancellationToken cancellationToken)
    {
        try
        {
            return await effect.Perform(cancellationToken);
        }
        catch (Exception unexpected) when (unexpected is not (OperationCanceledException or StorageUnavailableException))
        {
            options.OnFault?.Invoke(run.Id, run.CorrelationId, unexpected);
            return new EffectResult(ActionOutcome.Failed.Unexpected);
        }
    }

    private void Tell(string runId, string? correlationId, Exception fault)
    {
        options.Faults.Meet(runId, time.GetUtcNow());
        options.OnFault?.Invoke(runId, correlationId, fault);
    }

    /// <summary>Reports that a task was closed other than by its link.</summary>
    private async Task ClosedAsync(HumanTask task)
    {
        if (options.OnClosed is not { } closed || task.State.IsPending)
        {
            return;
        }

        try
        {
            await closed(task);
        }
        catch (Exception fault)
        {
            options.OnFault?.Invoke(task.RunId, task.CorrelationId, fault); // the rest is deleted with the run
        }
    }

    /// <summary>Notifies the host and the telemetry of a commit.</summary>
    private async Task TellAsync(TurnCommit commit, CancellationToken cancellationToken)
    {
        foreach (var task in commit.Tasks)
        {
            if (task.State is TaskState.Cancelled or TaskState.Expired)
            {
                await ClosedAsync(task);
            }
        }

        if (commit.Run.State.IsOver)
        {
            Telemetry.Ended(commit.Run);
        }

        foreach (var start in commit.Starts)
        {
            var run = start.First.Run;
            Telemetry.Started(run);
            if (run.State.IsOver)
            {
                Telemetry.Ended(run);
            }

            backlog.Add(run);
            await host.StartNewAsync(run, cancellationToken);
        }
    }

    /// <summary>Returns the rule set that a run executes, or null if it does not exist (any more).</summary>
    public ValueTask<RuleSet?> FindRuleSetAsync(Run run, HumanTask? task, CancellationToken cancellationToken) =>
        turns.FindRuleSetAsync(run, task, cancellationToken);
}
