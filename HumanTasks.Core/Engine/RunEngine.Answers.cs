using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Applies accepted responses to runs.</summary>
public sealed partial class RunEngine
{
    /// <summary>
    /// Accepts a response together with the turn that it causes, as far as that has no external effects, in one write.
    /// Returns false without writing if the run changed meanwhile, other responses wait, or the turn fails
    /// unexpectedly. The response is then accepted alone, so that a fault in a turn never loses it.
    /// </summary>
    /// <param name="task">The task after the response, at one version above the expected one.</param>
    /// <param name="response">The response.</param>
    /// <param name="standing">The run as read with the task, not used for anything else; read here if null.</param>
    /// <param name="cancellationToken">Cancels the call before the write.</param>
    internal Task<bool> TryAcceptAsync(
        HumanTask task, HumanResponse response, RunStanding? standing, CancellationToken cancellationToken) =>
        TryCommitAsync(task, span => AnsweredAsync(task, response, standing, span, cancellationToken), cancellationToken);

    /// <summary>
    /// Closes a task together with the turn that it causes, in one write and on the terms of <see cref="TryAcceptAsync"/>.
    /// </summary>
    /// <param name="task">The closed task, at one version above the expected one.</param>
    /// <param name="standing">The run as read with the task, not used for anything else.</param>
    /// <param name="cancellationToken">Cancels the call before the write.</param>
    internal Task<bool> TryCloseAsync(HumanTask task, RunStanding standing, CancellationToken cancellationToken) =>
        TryCommitAsync(task, span => ClosedTurnAsync(task, standing, span, cancellationToken), cancellationToken);

    private async Task<bool> TryCommitAsync(
        HumanTask task, Func<TurnSpan, Task<TurnCommit?>> turn, CancellationToken cancellationToken)
    {
        using var span = Telemetry.Turn(task.RunId, Signal.HumanResponse);
        TurnCommit commit;
        try
        {
            if (await turn(span) is not { } made
                || await store.CommitAsync(made, cancellationToken) != CommitResult.Committed)
            {
                return false;
            }

            commit = made;
        }
        catch (Exception fault)
        {
            span.Fail(fault);
            if (RunFaults.IsWaitedOut(fault))
            {
                throw;
            }

            Tell(task.RunId, task.CorrelationId, fault);
            return false;
        }

        span.Done(commit.Run);
        await TellAsync(commit, CancellationToken.None);
        await host.AdvancedAsync(task.RunId, Next.Of(commit.Run), CancellationToken.None);
        return true;
    }

    private async Task<TurnCommit?> AnsweredAsync(
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

    private async Task<TurnCommit?> ClosedTurnAsync(
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
    /// Takes the turn of an accepted response immediately, so the continuing run exists when the sender gets its ID.
    /// The response is already stored: whatever fails here, the host is signaled and takes the turn if necessary.
    /// </summary>
    public async Task ResumeAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            var next = await AdvanceAsync(new Turn(runId, Turn.AnyNumber, Signal.HumanResponse), cancellationToken);
            await host.AdvancedAsync(runId, next, cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException) // reported where the turn was taken
        {
            await host.SignalAsync(runId, Signal.HumanResponse, cancellationToken);
        }
    }
}
