using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// Runs the actions of one turn on a draft, without storing anything and without effects: an action that wants one
/// waits, and is handled again once the engine has performed it.
/// </summary>
internal sealed class ActionRunner(
    ContinuationStarter continuations,
    EmailAction email,
    HttpAction http,
    AgentAction agents,
    NoticeSender notices,
    EnvironmentCatalog environments,
    ReceiptLedger receipts,
    StandingReader earlier,
    EngineOptions options,
    TimeProvider time)
{
    /// <summary>Applies a turn to a run, for any signal.</summary>
    public async Task WorkAsync(TurnDraft draft, RuleSet? ruleSet, Turn turn, CancellationToken cancellationToken)
    {
        var run = draft.Run;
        if (ruleSet is null)
        {
            WorkWithoutRuleSet(draft, turn);
            return;
        }

        if (run.Version == 0)
        {
            LogBeginning(draft, ruleSet, null);
        }

        if (turn.Signal == Signal.Cancelled)
        {
            await CancelAsync(draft, turn.Reason, cancellationToken);
            return;
        }

        if (turn.Signal == Signal.Retry && run.State is RunState.Failed)
        {
            draft.Log(RunEvent.RetryRequested, by: turn.By);
            draft.Agent = draft.Agent?.Anew();
            draft.Become(new RunState.Running());
        }

        var waits = run.State is RunState.Queued or RunState.Running { Retry: not null } && turn.Signal != Signal.Retry
            && !(run.WakeAt <= draft.Now);
        if (run.IsGone(draft.Now) && draft.State is not RunState.Paused)
        {
            draft.Become(new RunState.Expired("The run is no longer available."));
            draft.LogOfRun(RunEvent.Expired);
        }
        else if (!waits)
        {
            await ProceedAsync(draft, cancellationToken);
        }
    }

    /// <summary>Records the start of the run and what it started with.</summary>
    public static void LogBeginning(TurnDraft draft, RuleSet ruleSet, string? by) => draft.LogOfRun(
        draft.Run.ContinuedFrom is null ? RunEvent.Started : RunEvent.Continued,
        ruleSet.Version > 0 ? $"{ruleSet.Name} version {ruleSet.Version}" : ruleSet.Name,
        by);

    private static void WorkWithoutRuleSet(TurnDraft draft, Turn turn)
    {
        if (turn.Signal == Signal.Cancelled)
        {
            draft.Become(new RunState.Cancelled(turn.Reason));
            draft.LogOfRun(RunEvent.Cancelled, turn.Reason, turn.By);
        }
        else if (draft.State is not RunState.Queued)
        {
            var message = $"Rule set '{draft.Run.RuleSet}' not found.";
            draft.Become(new RunState.Failed(new RunError("", message, 1)));
            draft.LogOfRun(RunEvent.Failed, message);
        }
    }

    private async Task CancelAsync(TurnDraft draft, string? reason, CancellationToken cancellationToken)
    {
        if (draft.Action is RuleAction.Agent && draft.Agent is not null)
        {
            await agents.CancelAsync(draft, cancellationToken);
        }

        if (draft.State is RunState.Paused && draft.Action is { } action)
        {
            await PersonActions.ConsumeAsync(draft, action, continuations, cancellationToken);
            if (draft.State is RunState.Paused paused && draft.Task is { State.IsPending: true } task)
            {
                draft.Put(task.Changed(draft.Now, TaskEventKind.Cancelled, draft.By, reason) with
                {
                    State = new TaskState.Cancelled(reason),
                });
                continuations.Tell(draft, draft.Task, TaskNotices.Leave(draft, paused));
            }
        }

        draft.Become(new RunState.Cancelled(reason));
        draft.Log(RunEvent.Cancelled, reason, by: draft.By);
    }

    /// <summary>
    /// Runs actions in order until the run waits, is finished, or needs an effect that this turn may not have.
    /// </summary>
    public async Task ProceedAsync(TurnDraft draft, CancellationToken cancellationToken)
    {
        while (!draft.State.IsOver)
        {
            if (draft.Action is not { } action)
            {
                draft.Become(new RunState.Completed(null));
                draft.LogOfRun(RunEvent.Completed);
                return;
            }

            var outcome = action switch
            {
                RuleAction.Set set => CheapActions.Set(draft, set),
                RuleAction.When branch => CheapActions.When(draft, branch),
                RuleAction.Jump jump => CheapActions.Jump(draft, jump),
                RuleAction.End end => CheapActions.End(draft, end),
                RuleAction.StartRuleSet start => await continuations.StartRuleSetAsync(draft, start, cancellationToken),
                RuleAction.HumanTask or RuleAction.HumanIntervention =>
                    await PersonActions.HandleAsync(
                        draft,
                        action,
                        continuations,
                        environments,
                        receipts,
                        earlier,
                        (view, notice) => Notify(draft, view, notice),
                        cancellationToken),
                RuleAction.Agent agent => await WorkAsync(draft, agent, cancellationToken),
                RuleAction.Email or RuleAction.Http or RuleAction.Tell when !draft.EffectsAllowed => ActionOutcome.Waits,
                RuleAction.Email or RuleAction.Http or RuleAction.Tell => await TakeEffectAsync(draft, action, cancellationToken),
                _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
            };

            switch (outcome)
            {
                case ActionOutcome.Failed failed:
                    Fail(draft, action, failed);
                    return;
                case ActionOutcome.Waiting:
                    return;
                default:
                    break;
            }

            if (action is RuleAction.Set or RuleAction.Http or RuleAction.Agent
                && ContextSize.Of(draft.Context) is var size
                && environments.Get(draft.Run.Environment).MaxContextBytes is var limit
                && size > limit)
            {
                Fail(draft, action, new ActionOutcome.Failed(ContextSize.Refusal(size, limit), MayPass: false));
                return;
            }
        }
    }

    private async Task<ActionOutcome> WorkAsync(TurnDraft draft, RuleAction.Agent agent, CancellationToken cancellationToken)
    {
        var before = draft.Agent;
        try
        {
            return await agents.HandleAsync(
                draft, agent, (view, notice) => Notify(draft, view, notice), cancellationToken);
        }
        catch (Exception unexpected) when (unexpected is not (OperationCanceledException or StorageUnavailableException))
        {
            draft.Agent = before; // the model's answer is in the transcript and is processed again
            return Unexpected(draft, unexpected);
        }
    }

    private ActionOutcome Notify(TurnDraft draft, TaskView view, Notice notice)
    {
        try
        {
            return notices.Notify(draft, view, notice);
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            return Unexpected(draft, unexpected);
        }
    }

    private ActionOutcome.Failed Unexpected(TurnDraft draft, Exception fault)
    {
        options.OnFault?.Invoke(draft.Run.Id, draft.Run.CorrelationId, fault);
        return ActionOutcome.Failed.Unexpected;
    }

    private async Task<ActionOutcome> TakeEffectAsync(TurnDraft draft, RuleAction action, CancellationToken cancellationToken)
    {
        try
        {
            return action switch
            {
                RuleAction.Email mail => email.Handle(draft, mail),
                RuleAction.Http call => http.Handle(draft, call),
                _ => await notices.TellAsync(draft, (view, notice) => Notify(draft, view, notice), cancellationToken),
            };
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            return Unexpected(draft, unexpected);
        }
    }

    private void Fail(TurnDraft draft, RuleAction action, ActionOutcome.Failed failure)
    {
        if (NextAttempt(draft, action, failure) is { } at)
        {
            draft.Become(new RunState.Running(draft.Retry(failure, at)));
            draft.Log(RunEvent.RetryScheduled, failure.Message, action.Name);
            return;
        }

        draft.Become(new RunState.Failed(new RunError(action.Name, failure.Message, draft.Attempts)
        {
            Pointer = failure.At,
            Cause = failure.Error,
        }));
        draft.Log(RunEvent.Failed, failure.Message, action.Name);
    }

    private DateTimeOffset? NextAttempt(TurnDraft draft, RuleAction action, ActionOutcome.Failed failure)
    {
        var policy = action.Retry ?? (action is RuleAction.Email or RuleAction.Http { Delivers: false } ? RetryPolicy.Usual : null);
        if (policy is not null)
        {
            return draft.RetryAt(policy, failure);
        }

        return failure.MayPass && draft.Attempts < (failure.MostAttempts ?? options.MaxAttempts)
            ? draft.Run.NotBefore(time.GetUtcNow()) + options.PauseAfter(draft.Attempts, failure.After)
            : null;
    }
}
