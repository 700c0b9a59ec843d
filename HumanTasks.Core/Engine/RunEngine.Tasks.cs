using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Carries out the commands on tasks.</summary>
public sealed partial class RunEngine
{
    private const int MostResponses = 2000; // every lost race is another response that was accepted; a task has at most 1000

    /// <summary>Carries out a command on a task.</summary>
    internal async Task<Verdict> DoAsync(TaskCommand command, HumanTask task, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostResponses; tries++)
        {
            if (await store.FindStandingAsync(task.RunId, cancellationToken) is not { } standing
                || (standing.Task is { } asked && asked.Id == task.Id ? asked : await store.FindTaskAsync(task.Id, cancellationToken))
                    is not { } current)
            {
                return new Verdict.Expired(TaskView.Of(task));
            }

            var on = new TaskStanding(standing.Run, current);
            switch (command.Decide(on, time.GetUtcNow()))
            {
                case Decision.Refuse refuse:
                    return refuse.Why;
                case not Decision.Refuse when standing.Unconsumed.Count > 0 && on.IsWaiting:
                    await ResumeAsync(task.RunId, cancellationToken); // responses that came before are taken in first
                    break;
                case Decision.Write write when await store.CommitAsync(write.Commit, cancellationToken) == CommitResult.Committed:
                    if (write.Wakes)
                    {
                        await host.StartAsync(write.Commit.Run, CancellationToken.None);
                    }

                    return write.Outcome;
                case Decision.Close close when await CloseAsync(close.Task, standing, cancellationToken):
                    return new Verdict.Done(close.Task);
                default:
                    break;
            }
        }

        throw new InvalidOperationException($"The task {task.Id} changed too often.");
    }

    /// <summary>In one commit with the turn of the run; by itself if that turn can't be taken now.</summary>
    private async Task<bool> CloseAsync(HumanTask closed, RunStanding standing, CancellationToken cancellationToken)
    {
        if (await TryCommitAsync(
            closed, span => turns.ClosedAsync(closed, standing, span, cancellationToken), cancellationToken))
        {
            return true;
        }

        if (await store.CommitAsync(new TaskCommit(closed), cancellationToken) != CommitResult.Committed)
        {
            return false;
        }

        await ResumeAsync(closed.RunId, CancellationToken.None);
        await ClosedAsync(closed);
        return true;
    }

    /// <summary>Accepts a response, or says why not.</summary>
    internal async Task<Verdict> RespondAsync(RespondToTask command, TaskView view, CancellationToken cancellationToken)
    {
        var verdict = await TryRespondAsync(command, view, cancellationToken);
        Telemetry.Answer(view.Environment, verdict switch
        {
            Verdict.Accepted { Repeated: true } => "repeated",
            Verdict.Accepted { Response.Rejects: true } => "rejected",
            Verdict.Accepted => "completed",
            _ => "refused",
        });
        if (verdict is Verdict.Accepted { Repeated: false } accepted && !command.Submission.ByLink)
        {
            await ClosedAsync(accepted.View.Task);
        }

        return verdict;
    }

    private async Task<Verdict> TryRespondAsync(RespondToTask command, TaskView view, CancellationToken cancellationToken)
    {
        var submission = command.Submission;
        for (var tries = 0; tries < MostResponses; tries++)
        {
            var decision = command.Decide(view, time.GetUtcNow());
            if (decision is not Decision.Accept accept)
            {
                return await RefusedAsync((Decision.Refuse)decision, view, submission, cancellationToken);
            }

            view = accept.Seen;
            var receipt = await receipts.SignAsync(view.Task, accept.Response, cancellationToken);
            var response = accept.Response with { Receipt = receipt.Jws };
            var accepted = accept.Task.With(receipt);
            if (tries == 0 && await TryCommitAsync(
                accepted, span => turns.AnsweredAsync(accepted, response, submission.Standing, span, cancellationToken), cancellationToken))
            {
                return new Verdict.Accepted(view.In(accepted), response, Repeated: false);
            }

            switch (await store.CommitAsync(new TaskCommit(accepted) { Accepted = response }, cancellationToken))
            {
                case CommitResult.Committed:
                    await ResumeAsync(view.RunId, CancellationToken.None);
                    return new Verdict.Accepted(view.In(accepted), response, Repeated: false);
                case CommitResult.Repeated:
                    return await RepeatedAsync(view, submission, cancellationToken)
                        ?? throw new InvalidOperationException($"The task {view.Id} has a duplicate that is not there.");
                default:
                    if (await store.FindTaskAsync(view.Id, cancellationToken) is not { } now || TaskView.Of(now, view.SeatNumber) is not { } current)
                    {
                        return new Verdict.Expired(view);
                    }

                    if (current.Generation != view.Generation && submission.ByLink)
                    {
                        return TaskLook.Replaced(current);
                    }

                    view = current;
                    break;
            }
        }

        throw new InvalidOperationException($"The task {view.Id} changed too often to be answered.");
    }

    private async Task<Verdict> RefusedAsync(
        Decision.Refuse refuse, TaskView view, Submission submission, CancellationToken cancellationToken) =>
        refuse.MayRepeat ? await RepeatedAsync(view, submission, cancellationToken) ?? refuse.Why : refuse.Why;

    /// <summary>What a repeated submission is told; null for one that is new.</summary>
    private async Task<Verdict?> RepeatedAsync(TaskView view, Submission submission, CancellationToken cancellationToken)
    {
        if (submission.Key is not { } key
            || await store.FindSubmissionAsync(view.Id, key, cancellationToken) is not { } first)
        {
            return null;
        }

        return first.Fingerprint == submission.Fingerprint
            ? new Verdict.Accepted(view.In(await store.FindTaskAsync(view.Id, cancellationToken) ?? view.Task), first, Repeated: true)
            : new Verdict.KeyReused(view);
    }

    /// <summary>
    /// Writes a change of a task together with the turn that it causes. Returns false without writing if the run changed
    /// meanwhile, or if the turn fails unexpectedly. The change is then written alone, so that a fault in a turn never
    /// loses it.
    /// </summary>
    /// <param name="task">The task after the change, at one version above the expected one.</param>
    /// <param name="turn">Makes the turn; null for one that can't be taken now.</param>
    /// <param name="cancellationToken">Cancels the call before the write.</param>
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
