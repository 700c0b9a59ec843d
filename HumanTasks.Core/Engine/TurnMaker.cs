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

/// <summary>
/// Makes the commits of turns. Reads what a turn needs, but writes nothing and performs no effects: both are left to
/// <see cref="RunEngine"/>.
/// </summary>
public sealed class TurnMaker(
    IRunStore store,
    RuleSetCatalog ruleSets,
    ContinuationStarter continuations,
    EmailAction email,
    HttpAction http,
    AgentAction agents,
    NoticeSender notices,
    EnvironmentCatalog environments,
    LinkBuilder links,
    ReceiptLedger receipts,
    EngineOptions options,
    TimeProvider time)
{
    private readonly StandingReader standings = new(store);

    private readonly ActionRunner actions = new(
        continuations, email, http, agents, notices, environments, receipts, new StandingReader(store), options, time);

    /// <summary>Takes a turn on a draft, up to the first effect that it wants.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="standing">The run with what the turn reads.</param>
    /// <param name="unrecorded">The effect of an earlier turn that no commit has recorded; null for none.</param>
    /// <param name="enters">Called before the turn starts runs. Returns whether there is a place for it.</param>
    /// <param name="treeIsFull">Whether the tree of the run has no room for the runs that the turn starts.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    internal async Task<TurnDraft> TakeAsync(
        Turn turn,
        RunStanding standing,
        PerformedEffect? unrecorded,
        Func<EffectLane, bool> enters,
        bool treeIsFull,
        CancellationToken cancellationToken)
    {
        var run = standing.Run;
        var ruleSet = await FindRuleSetAsync(run, standing.Task, cancellationToken);
        standing = await standings.WithGatheredAsync(standing, cancellationToken);
        var draft = new TurnDraft(standing, ruleSet, links, time.GetUtcNow(), allowEffects: true)
        {
            Locale = EnvironmentLocale.Of(environments.Find(run.Environment)),
            TreeIsFull = treeIsFull,
            By = turn.By,
            Trace = TraceOf(turn, run),
            Enters = enters,
        };
        if (unrecorded is not null)
        {
            draft.Recall(unrecorded);
        }

        if (!run.State.IsOver || (turn.Signal == Signal.Retry && run.State is RunState.Failed))
        {
            await actions.WorkAsync(draft, ruleSet, turn, cancellationToken);
        }

        await NoteAsync(draft, standing.Task, cancellationToken);
        return draft;
    }

    /// <summary>Continues a turn after the effect that it wanted.</summary>
    internal async Task GoOnAsync(TurnDraft draft, HumanTask? asked, CancellationToken cancellationToken)
    {
        await actions.ProceedAsync(draft, cancellationToken);
        await NoteAsync(draft, asked, cancellationToken);
    }

    internal static RunTrace? TraceOf(Turn turn, Run run) =>
        turn.Signal == Signal.HumanResponse ? RunTrace.Answered(run.Trace) : run.Trace;

    /// <summary>Records a performed effect that the turn did not need.</summary>
    private async Task NoteAsync(TurnDraft draft, HumanTask? asked, CancellationToken cancellationToken)
    {
        if (!draft.IsUnrecorded || draft.Performed is not { Effect: { Note: { } note } effect, Result: { Failure: null } result })
        {
            return;
        }

        var task = effect.TaskId is not { } id ? null
            : draft.Changed(id) ?? (asked?.Id == id ? asked : await store.FindTaskAsync(id, cancellationToken));
        note(draft, task, result);
    }

    /// <summary>
    /// Makes the turn that a response causes, as far as that has no external effects. Returns null if the run changed
    /// meanwhile or other responses wait.
    /// </summary>
    /// <param name="task">The task after the response, at one version above the expected one.</param>
    /// <param name="response">The response.</param>
    /// <param name="standing">The run as read with the task, not used for anything else; read here if null.</param>
    /// <param name="span">The span of the turn.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    internal async Task<TurnCommit?> AnsweredAsync(
        HumanTask task, HumanResponse response, RunStanding? standing, TurnSpan span, CancellationToken cancellationToken)
    {
        standing ??= await store.FindStandingAsync(task.RunId, cancellationToken);
        if (standing is not { Run.State: RunState.Paused paused, Task: { } asked, Unconsumed.Count: 0 }
            || paused.TaskId != task.Id
            || asked.History.Version != task.History.Version - 1
            || await FindRuleSetAsync(standing.Run, asked, cancellationToken) is not { } ruleSet)
        {
            return null;
        }

        var trace = RunTrace.Answered(standing.Run.Trace);
        span.Begin(standing.Run, trace);
        standing = await standings.WithGatheredAsync(standing, cancellationToken);
        standing = standing with { Task = task, Unconsumed = [response] };
        var draft = new TurnDraft(standing, ruleSet, links, time.GetUtcNow(), allowEffects: false)
        {
            Locale = EnvironmentLocale.Of(environments.Find(task.Environment)),
            Trace = trace,
        };
        var turn = new Turn(task.RunId, standing.Run.Version, Signal.HumanResponse);
        await actions.WorkAsync(draft, ruleSet, turn, cancellationToken);
        var commit = draft.Commit();
        return commit.Consumed.Count != 1 || commit.Tasks.Any(changed => changed.Id == task.Id)
            ? null
            : await WithFirstTurnsAsync(
                commit with { Tasks = [task, .. commit.Tasks], Consumed = [], Accepted = response }, cancellationToken);
    }

    /// <summary>Makes the turn of a task that is closed without a response, on the terms of <see cref="AnsweredAsync"/>.</summary>
    internal async Task<TurnCommit?> ClosedAsync(
        HumanTask task, RunStanding standing, TurnSpan span, CancellationToken cancellationToken)
    {
        if (standing is not { Run.State: RunState.Paused paused, Task: { } asked, Unconsumed.Count: 0 }
            || paused.TaskId != task.Id
            || asked.History.Version != task.History.Version - 1
            || await FindRuleSetAsync(standing.Run, asked, cancellationToken) is not { } ruleSet)
        {
            return null;
        }

        span.Begin(standing.Run, standing.Run.Trace);
        standing = await standings.WithGatheredAsync(standing with { Task = task }, cancellationToken);
        var draft = new TurnDraft(standing, ruleSet, links, time.GetUtcNow(), allowEffects: false)
        {
            Locale = EnvironmentLocale.Of(environments.Find(task.Environment)),
        };
        draft.Log(RunEvent.TaskCancelled, (task.State as TaskState.Cancelled)?.Reason, task.Action, task.History.Timeline[^1].By);
        await actions.WorkAsync(draft, ruleSet, new Turn(task.RunId, standing.Run.Version, Signal.Continue), cancellationToken);
        var commit = draft.Commit();
        var changed = commit.Tasks.FirstOrDefault(other => other.Id == task.Id) ?? draft.Secrets.Marked(task);
        return await WithFirstTurnsAsync(
            commit with { Tasks = [changed.AtVersion(task.History.Version), .. commit.Tasks.Where(other => other.Id != task.Id)] },
            cancellationToken);
    }

    /// <summary>
    /// Takes the first turn of a run that is not stored yet, as far as it has no external effects, so the run and its
    /// first task are created in one write.
    /// </summary>
    internal async Task<TurnCommit> BeginAsync(Run run, RuleSet ruleSet, string? by, CancellationToken cancellationToken) =>
        await WithFirstTurnsAsync(await FirstTurnAsync(run, ruleSet, by, cancellationToken), cancellationToken);

    private async Task<TurnCommit> FirstTurnAsync(Run run, RuleSet ruleSet, string? by, CancellationToken cancellationToken)
    {
        var draft = new TurnDraft(new RunStanding(run, null, []), ruleSet, links, run.CreatedAt, allowEffects: false)
        {
            Locale = EnvironmentLocale.Of(environments.Find(run.Environment)),
        };
        ActionRunner.LogBeginning(draft, ruleSet, by);
        await actions.ProceedAsync(draft, cancellationToken);
        return draft.Commit();
    }

    internal async Task<TurnCommit> WithFirstTurnsAsync(TurnCommit commit, CancellationToken cancellationToken)
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
    /// Takes the first turn of a run that another run starts. Returns null if the run must take it itself: it may have
    /// to wait for the allowance, it starts other runs, or its failure must not fail the run that starts it.
    /// </summary>
    private async Task<TurnCommit?> FirstTurnAsync(RunStart start, CancellationToken cancellationToken)
    {
        if (start.Metering is not null || start.Run.State.IsOver)
        {
            return null;
        }

        try
        {
            // a discarded first turn must not change the initial data of the run
            var run = start.Run with { Context = start.Run.Context.DeepClone().AsObject() };
            return await FindRuleSetAsync(run, null, cancellationToken) is { } ruleSet
                && await FirstTurnAsync(run, ruleSet, null, cancellationToken) is { Starts.Count: 0 } first
                    ? first
                    : null;
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault))
        {
            options.OnFault?.Invoke(start.Run.Id, start.Run.CorrelationId, fault);
            return null;
        }
    }

    /// <summary>Returns the rule set that a run executes, or null if it does not exist (any more).</summary>
    public async ValueTask<RuleSet?> FindRuleSetAsync(Run run, HumanTask? task, CancellationToken cancellationToken)
    {
        switch (run)
        {
            case { Definition: { } definition }: // older builds stored the definition in the run
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

    /// <summary>Returns the action at which a run stands, as far as it is readable.</summary>
    internal async Task<string> ActionOfAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindRunAsync(runId, cancellationToken) is { } run
                && await FindRuleSetAsync(run, null, cancellationToken) is { } ruleSet
                && run.Position < ruleSet.Actions.Count
                    ? ruleSet.Actions[run.Position].Name
                    : "";
        }
        catch (Exception unreadable) when (!RunFaults.IsWaitedOut(unreadable))
        {
            return ""; // unreadable data was already reported as the fault that fails the run
        }
    }
}
