using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>What an accepted answer makes of a run.</summary>
public sealed partial class RunEngine
{
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
            if (await AnsweredAsync(task, response, standing, span, cancellationToken) is not { } answered
                || await store.CommitAsync(answered, cancellationToken) != CommitResult.Committed)
            {
                return false;
            }

            commit = answered;
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
            || asked.Version != task.Version - 1
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
        catch (Exception failed) when (failed is not OperationCanceledException) // told where the turn was taken
        {
            await host.SignalAsync(runId, Signal.HumanResponse, cancellationToken);
        }
    }
}
