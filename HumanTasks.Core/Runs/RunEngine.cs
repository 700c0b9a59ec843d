using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs.Actions;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Runs;

/// <summary>Advances runs, one turn at a time. Everything that decides what happens next is here and in the run's record.</summary>
public sealed class RunEngine(
    IRunStore store,
    IRunHost host,
    RuleSetCatalog ruleSets,
    ContinuationStarter continuations,
    EmailAction email,
    HttpAction http,
    LinkBuilder links,
    EngineOptions options,
    TimeProvider time)
{
    /// <summary>
    /// Takes one turn. Safe to repeat and to race: a run that is already past the turn is not touched, and of two
    /// turns at once one commits while the other is asked to go on.
    /// </summary>
    public async Task<Next> AdvanceAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (await store.FindRunAsync(turn.RunId, cancellationToken) is not { } run)
        {
            return new Next(turn.Number, IsOver: true);
        }

        var retries = turn.Signal == Signal.Retry && run.State is RunState.Failed;
        if (run.State.IsOver && !retries)
        {
            return Next.Of(run);
        }

        if (run.Version > turn.Number)
        {
            return new Next(run.Version, IsOver: false); // somebody was here: the next turn looks at what there is now
        }

        var ruleSet = await FindRuleSetAsync(run, cancellationToken);
        var draft = new TurnDraft(run, ruleSet, links, time.GetUtcNow(), allowEffects: true);
        await WorkAsync(draft, ruleSet, turn, cancellationToken);
        if (!draft.HasChanges)
        {
            return Next.Of(run);
        }

        var commit = draft.Commit();
        if (!await store.CommitAsync(commit, cancellationToken))
        {
            return new Next(run.Version, IsOver: false);
        }

        foreach (var start in commit.Starts)
        {
            await host.StartAsync(start.Run, cancellationToken);
        }

        return Next.Of(commit.Run);
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
            options.OnFault?.Invoke(runId, null, failed);
            await host.SignalAsync(runId, Signal.HumanResponse, cancellationToken);
        }
    }

    /// <summary>
    /// The first turn of a run that is not stored yet, as far as it goes without an effect on the outside, so that a
    /// run and the task that it begins with are created in one write.
    /// </summary>
    internal async Task<TurnCommit> BeginAsync(Run run, RuleSet ruleSet, CancellationToken cancellationToken)
    {
        var draft = new TurnDraft(run, ruleSet, links, run.CreatedAt, allowEffects: false);
        draft.LogOfRun(RunEvent.Started, ruleSet.Version > 0 ? $"{ruleSet.Name} version {ruleSet.Version}" : ruleSet.Name);
        await ProceedAsync(draft, cancellationToken);
        return draft.Commit();
    }

    private async ValueTask<RuleSet?> FindRuleSetAsync(Run run, CancellationToken cancellationToken) =>
        run.Definition is { } definition
            ? RuleSet.Load(run.RuleSet, 0, definition)
            : await ruleSets.FindAsync(
                run.Environment,
                run.RuleSet,
                run.RuleSetVersion > 0 ? run.RuleSetVersion : null,
                cancellationToken);

    private async Task WorkAsync(TurnDraft draft, RuleSet? ruleSet, Turn turn, CancellationToken cancellationToken)
    {
        var run = draft.Run;
        if (ruleSet is null)
        {
            WorkWithoutRuleSet(draft, turn);
            return;
        }

        if (run.Version == 0)
        {
            draft.LogOfRun(
                run.ContinuedFrom is null ? RunEvent.Started : RunEvent.Continued,
                $"{ruleSet.Name} version {ruleSet.Version}");
        }

        if (turn.Signal == Signal.Cancelled)
        {
            await CancelAsync(draft, turn.Reason, cancellationToken);
            return;
        }

        if (turn.Signal == Signal.Retry && run.State is RunState.Failed)
        {
            draft.Log(RunEvent.RetryRequested);
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

    private static void WorkWithoutRuleSet(TurnDraft draft, Turn turn)
    {
        if (turn.Signal == Signal.Cancelled)
        {
            draft.Become(new RunState.Cancelled(turn.Reason));
            draft.LogOfRun(RunEvent.Cancelled, turn.Reason);
        }
        else if (draft.State is not RunState.Queued)
        {
            var message = $"There is no rule set '{draft.Run.RuleSet}'.";
            draft.Become(new RunState.Failed(new RunError("", message, 1)));
            draft.LogOfRun(RunEvent.Failed, message);
        }
    }

    private async Task CancelAsync(TurnDraft draft, string? reason, CancellationToken cancellationToken)
    {
        if (draft.State is RunState.Paused paused && draft.Action is { } action)
        {
            var (task, responses) = await PersonActions.LookAsync(store, paused.TaskId, draft.Run.Id, cancellationToken);
            await PersonActions.ConsumeAsync(draft, action, responses, continuations, cancellationToken);
            if (draft.State is RunState.Paused && task.State.IsPending)
            {
                draft.Put(task.Changed(draft.Now, TaskEventKind.Cancelled, detail: reason) with
                {
                    State = new TaskState.Cancelled(reason),
                });
            }
        }

        draft.Become(new RunState.Cancelled(reason));
        draft.Log(RunEvent.Cancelled, reason);
    }

    private async Task ProceedAsync(TurnDraft draft, CancellationToken cancellationToken)
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
                    await PersonActions.HandleAsync(draft, action, store, continuations, cancellationToken),
                RuleAction.Email or RuleAction.Http when !draft.EffectsAllowed => ActionOutcome.Waits,
                RuleAction.Email or RuleAction.Http => await TakeEffectAsync(draft, action, cancellationToken),
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

            if (action is RuleAction.Set or RuleAction.Http && ContextSize(draft) > options.MaxContextBytes)
            {
                Fail(draft, action, new ActionOutcome.Failed("The context has grown too large.", MayPass: false));
                return;
            }
        }
    }

    private async Task<ActionOutcome> TakeEffectAsync(TurnDraft draft, RuleAction action, CancellationToken cancellationToken)
    {
        try
        {
            return action is RuleAction.Email mail
                ? await email.HandleAsync(draft, mail, cancellationToken)
                : await http.HandleAsync(draft, (RuleAction.Http)action, cancellationToken);
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            options.OnFault?.Invoke(draft.Run.Id, draft.Run.CorrelationId, unexpected);
            return new ActionOutcome.Failed("An unexpected error; the log has it under the correlation id.", MayPass: true);
        }
    }

    private void Fail(TurnDraft draft, RuleAction action, ActionOutcome.Failed failure)
    {
        var attempts = 1 + ((draft.Run.State as RunState.Running)?.Retry?.Attempts ?? 0);
        if (draft.Position != draft.Run.Position)
        {
            attempts = 1;
        }

        if (failure.MayPass && attempts < options.MaxAttempts)
        {
            var until = draft.Now + options.PauseAfter(attempts);
            draft.Become(new RunState.Running(new RetryWait(until, failure.Message, attempts)));
            draft.Log(RunEvent.RetryScheduled, failure.Message, action.Name);
            return;
        }

        draft.Become(new RunState.Failed(new RunError(action.Name, failure.Message, attempts)));
        draft.Log(RunEvent.Failed, failure.Message, action.Name);
    }

    private static int ContextSize(TurnDraft draft) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(draft.Context, CoreJson.Default.JsonObject).Length;
}
