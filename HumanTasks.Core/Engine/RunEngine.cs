using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Advances runs, one turn at a time. Everything that decides what happens next is here and in the run's record.</summary>
public sealed class RunEngine(
    IRunStore store,
    IRunHost host,
    RuleSetCatalog ruleSets,
    ContinuationStarter continuations,
    EmailAction email,
    HttpAction http,
    AgentAction agents,
    NoticeSender notices,
    EnvironmentCatalog environments,
    LinkBuilder links,
    ReceiptSigner receipts,
    EffectLanes lanes,
    EngineOptions options,
    TimeProvider time)
{
    /// <summary>When a run that found no room for its effect looks again, where nobody waits for the room.</summary>
    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromSeconds(2);

    private const int MaxTries = 100; // of recording an effect that happened; each lost race is somebody else's change

    private readonly PerformedEffects performed = new();

    private readonly ActionRunner actions =
        new(continuations, email, http, agents, notices, environments, new ReceiptLedger(receipts, store), options, time);

    /// <summary>
    /// Takes one turn. Safe to repeat and to race: a run that is already past the turn is not touched, and of two
    /// turns at once one commits while the other is asked to go on.
    /// </summary>
    /// <remarks>An effect for which there is no room makes the run look again after a moment.</remarks>
    public async Task<Next> AdvanceAsync(Turn turn, CancellationToken cancellationToken)
    {
        EffectSlot? slot = null;
        try
        {
            var (next, wants) = await AdvanceAsync(turn, lane => (slot = lanes.TryEnter(lane)) is not null, cancellationToken);
            return wants is null ? next : next with { WaitsUntil = time.GetUtcNow() + LooksAgainAfter };
        }
        finally
        {
            slot?.Dispose();
        }
    }

    /// <summary>
    /// The same for a host that keeps who performs an effect apart from who takes turns: a turn performs none but one for
    /// which it has a place, and says for which one the run wants a place.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="slot">The place; null for none.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task<Advanced> AdvanceAsync(Turn turn, EffectSlot? slot, CancellationToken cancellationToken) =>
        AdvanceAsync(turn, lane => slot?.Lane == lane, cancellationToken);

    private async Task<Advanced> AdvanceAsync(Turn turn, Func<EffectLane, bool> enters, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var (advanced, again) = await TakeAsync(turn, enters, treeIsFull: false, cancellationToken);
            if (!again || tries == MaxTries)
            {
                return advanced;
            }

            turn = turn with { Number = Turn.AnyNumber, Signal = Signal.Continue };
        }
    }

    /// <summary>Takes one turn; says whether it is to be taken again at once, because it performed an effect that it could not record.</summary>
    private async Task<(Advanced Advanced, bool Again)> TakeAsync(
        Turn turn, Func<EffectLane, bool> enters, bool treeIsFull, CancellationToken cancellationToken)
    {
        using var span = Telemetry.Turn(turn.RunId, turn.Signal);
        var unrecorded = performed.Find(turn.RunId);
        if (await store.FindStandingAsync(turn.RunId, cancellationToken) is not { } standing)
        {
            performed.Forget(turn.RunId);
            return (new Advanced(new Next(turn.Number, IsOver: true)), false);
        }

        var run = standing.Run;
        span.Of(run);

        var retries = turn.Signal == Signal.Retry && run.State is RunState.Failed;
        var isOver = run.State.IsOver && !retries;
        if (isOver && unrecorded is null)
        {
            return (new Advanced(Next.Of(run)), false);
        }

        if (run.Version > turn.Number)
        {
            // somebody was here: the next turn looks at what there is now
            return (new Advanced(new Next(run.Version, IsOver: false)), unrecorded is not null);
        }

        var ruleSet = await FindRuleSetAsync(run, standing.Task, cancellationToken);
        var draft = new TurnDraft(standing, ruleSet, links, time.GetUtcNow(), allowEffects: true)
        {
            TreeIsFull = treeIsFull,
            By = turn.By,
            Enters = enters,
        };
        if (unrecorded is not null)
        {
            draft.Recall(unrecorded);
        }

        if (!isOver)
        {
            await actions.WorkAsync(draft, ruleSet, turn, cancellationToken);
        }

        if (draft.IsUnrecorded)
        {
            await NoteAsync(draft, standing, unrecorded!, cancellationToken);
        }
        else if (draft.Performed is { } effect)
        {
            performed.Keep(run.Id, effect);
        }

        if (!draft.HasChanges)
        {
            performed.Forget(run.Id);
            return (new Advanced(Next.Of(run), draft.Wants), false);
        }

        var commit = await WithFirstTurnsAsync(draft.Commit(), cancellationToken);
        switch (await store.CommitAsync(commit, cancellationToken))
        {
            case CommitResult.Conflict:
                return (new Advanced(new Next(run.Version, IsOver: false)), draft.Performed is not null);
            case CommitResult.TreeIsFull:
                return await TakeAsync(turn, enters, treeIsFull: true, cancellationToken); // which starts nothing, and fails for it
            default:
                performed.Forget(run.Id);
                span.Of(commit.Run);
                await TellAsync(commit, cancellationToken);
                return (new Advanced(Next.Of(commit.Run), draft.Wants), false);
        }
    }

    /// <summary>Records an effect that happened in an earlier turn, and for which the run has no use any more.</summary>
    private async Task NoteAsync(TurnDraft draft, RunStanding standing, PerformedEffect effect, CancellationToken cancellationToken)
    {
        if (effect.Note is not { } note)
        {
            return;
        }

        var task = effect.TaskId is not { } id ? null
            : draft.Changed(id)
            ?? (standing.Task is { } asked && asked.Id == id ? asked : await store.FindTaskAsync(id, cancellationToken));
        note(draft, task);
    }

    /// <summary>
    /// Accepts an answer together with the turn that it makes, as far as that goes without an effect on the outside: one
    /// write. False, and nothing written, when that cannot be: the run moved meanwhile, other answers wait, or the turn
    /// fails unexpectedly. The answer is accepted on its own then, so that it is never lost to a fault in a turn.
    /// </summary>
    /// <param name="task">As the answer leaves it; its version is one above the expected one.</param>
    /// <param name="response">The answer.</param>
    /// <param name="standing">The run as it was read with the task, not used for anything else; read here when null.</param>
    /// <param name="cancellationToken">Stops before the write.</param>
    internal async Task<bool> TryAcceptAsync(
        HumanTask task, HumanResponse response, RunStanding? standing, CancellationToken cancellationToken)
    {
        using var span = Telemetry.Turn(task.RunId, Signal.HumanResponse);
        TurnCommit commit;
        try
        {
            if (await AnsweredAsync(task, response, standing, cancellationToken) is not { } answered
                || await store.CommitAsync(answered, cancellationToken) != CommitResult.Committed)
            {
                return false;
            }

            commit = answered;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StorageUnavailableException))
        {
            options.OnFault?.Invoke(task.RunId, task.CorrelationId, fault);
            return false;
        }

        span.Of(commit.Run);
        await TellAsync(commit, CancellationToken.None);
        await host.AdvancedAsync(task.RunId, Next.Of(commit.Run), CancellationToken.None);
        return true;
    }

    private async Task<TurnCommit?> AnsweredAsync(
        HumanTask task, HumanResponse response, RunStanding? standing, CancellationToken cancellationToken)
    {
        standing ??= await store.FindStandingAsync(task.RunId, cancellationToken);
        if (standing is not { Run.State: RunState.Paused paused, Task: { } asked, Unconsumed.Count: 0 }
            || paused.TaskId != task.Id
            || asked.Version != task.Version - 1
            || await FindRuleSetAsync(standing.Run, asked, cancellationToken) is not { } ruleSet)
        {
            return null;
        }

        standing = standing with { Task = task, Unconsumed = [response] };
        var draft = new TurnDraft(standing, ruleSet, links, time.GetUtcNow(), allowEffects: false);
        var turn = new Turn(task.RunId, standing.Run.Version, Signal.HumanResponse);
        await actions.WorkAsync(draft, ruleSet, turn, cancellationToken);
        var commit = draft.Commit();
        return commit.Consumed.Count != 1 || commit.Tasks.Any(changed => changed.Id == task.Id)
            ? null
            : await WithFirstTurnsAsync(
                commit with { Tasks = [task, .. commit.Tasks], Consumed = [], Accepted = response }, cancellationToken);
    }

    /// <summary>Tells the host that a run which was just committed wants a turn.</summary>
    internal Task WakeAsync(Run run, CancellationToken cancellationToken) => host.StartAsync(run, cancellationToken);

    /// <summary>Tells who cares for what hangs on a task that it was closed otherwise than by its link.</summary>
    internal async Task ClosedAsync(HumanTask task)
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
            options.OnFault?.Invoke(task.RunId, task.CorrelationId, fault); // what is left goes with the run
        }
    }

    /// <summary>Tells the host and whoever counts what was just committed.</summary>
    internal async Task TellAsync(TurnCommit commit, CancellationToken cancellationToken)
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

            await host.StartNewAsync(run, cancellationToken);
        }
    }

    /// <summary>
    /// Takes the turn of an accepted answer at once, so that the run that goes on is there when its sender is told its
    /// id. The answer is safe already: whatever happens here, the host is told and takes the turn itself if need be.
    /// </summary>
    public async Task ResumeAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            var next = await AdvanceAsync(new Turn(runId, Turn.AnyNumber, Signal.HumanResponse), cancellationToken);
            await host.AdvancedAsync(runId, next, cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            if (failed is not StorageUnavailableException)
            {
                options.OnFault?.Invoke(runId, null, failed);
            }

            await host.SignalAsync(runId, Signal.HumanResponse, cancellationToken);
        }
    }

    /// <summary>
    /// The first turn of a run that is not stored yet, as far as it goes without an effect on the outside, so that a
    /// run and the task that it begins with are created in one write.
    /// </summary>
    internal async Task<TurnCommit> BeginAsync(Run run, RuleSet ruleSet, string? by, CancellationToken cancellationToken) =>
        await WithFirstTurnsAsync(await FirstTurnAsync(run, ruleSet, by, cancellationToken), cancellationToken);

    private async Task<TurnCommit> FirstTurnAsync(Run run, RuleSet ruleSet, string? by, CancellationToken cancellationToken)
    {
        var draft = new TurnDraft(new RunStanding(run, null, []), ruleSet, links, run.CreatedAt, allowEffects: false);
        ActionRunner.LogBeginning(draft, ruleSet, by);
        await actions.ProceedAsync(draft, cancellationToken);
        return draft.Commit();
    }

    private async Task<TurnCommit> WithFirstTurnsAsync(TurnCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Starts.Count == 0)
        {
            return commit;
        }

        var starts = new List<RunStart>(commit.Starts.Count);
        foreach (var start in commit.Starts)
        {
            starts.Add(start with { Begun = await FirstTurnAsync(start, cancellationToken) });
        }

        return commit with { Starts = starts };
    }

    /// <summary>
    /// The first turn of a run that another one starts; null when the run takes it itself: because it may have to wait
    /// for the allowance first, because it starts others, or because that turn must not fail the one that starts it.
    /// </summary>
    private async Task<TurnCommit?> FirstTurnAsync(RunStart start, CancellationToken cancellationToken)
    {
        if (start.Metering is not null || start.Run.State.IsOver)
        {
            return null;
        }

        try
        {
            // a first turn that is given up must not have changed what the run begins with
            var run = start.Run with { Context = start.Run.Context.DeepClone().AsObject() };
            return await FindRuleSetAsync(run, null, cancellationToken) is { } ruleSet
                && await FirstTurnAsync(run, ruleSet, null, cancellationToken) is { Starts.Count: 0 } first
                    ? first
                    : null;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StorageUnavailableException))
        {
            options.OnFault?.Invoke(start.Run.Id, start.Run.CorrelationId, fault);
            return null;
        }
    }

    /// <summary>What a run executes, or null when there is no such rule set (any more).</summary>
    public async ValueTask<RuleSet?> FindRuleSetAsync(Run run, HumanTask? task, CancellationToken cancellationToken)
    {
        switch (run)
        {
            case { Definition: { } definition }: // of runs from before their task was enough
                return RuleSet.Load(run.RuleSet, 0, definition);
            case { RuleSet: RuleSetName.Webhook }:
                return AdHocRuleSet.Webhook;
            case { RuleSet: RuleSetName.Notices }:
                return AdHocRuleSet.Notices;
            case { RuleSet: RuleSetName.Intervention or RuleSetName.Task }:
                task ??= await store.FindTaskAsync(HumanTask.IdOf(run.Id, AdHocRuleSet.Action), cancellationToken);
                return task is null ? null : AdHocRuleSet.Of(task);
            default:
                return await ruleSets.FindAsync(
                    run.Environment, run.RuleSet, run.RuleSetVersion > 0 ? run.RuleSetVersion : null, cancellationToken);
        }
    }
}

/// <summary>What a turn came to.</summary>
/// <param name="Next">What the run wants now.</param>
/// <param name="Wants">The lane in which it wants a place for an effect; null when it wants none.</param>
public readonly record struct Advanced(Next Next, EffectLane? Wants = null);
