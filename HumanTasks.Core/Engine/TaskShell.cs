using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Loads what a command on a task is decided on, commits the decision, tries again after a lost race, and tells the host.</summary>
internal sealed class TaskShell(IRunStore store, RunEngine engine, ReceiptLedger receipts, TimeProvider time)
{
    private const int MaxTries = 2000; // every lost race is another response that was accepted; a task has at most 1000

    /// <summary>Carries out a command on a task.</summary>
    public async Task<Verdict> DoAsync(TaskCommand command, HumanTask task, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
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
                    await engine.ResumeAsync(task.RunId, cancellationToken); // responses that came before are taken in first
                    break;
                case Decision.Write write when await store.CommitAsync(write.Commit, cancellationToken) == CommitResult.Committed:
                    if (write.Wakes)
                    {
                        await engine.WakeAsync(write.Commit.Run, CancellationToken.None);
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
        if (await engine.TryCloseAsync(closed, standing, cancellationToken))
        {
            return true;
        }

        if (await store.CommitAsync(new TaskCommit(closed), cancellationToken) != CommitResult.Committed)
        {
            return false;
        }

        await engine.ResumeAsync(closed.RunId, CancellationToken.None);
        await engine.ClosedAsync(closed);
        return true;
    }

    /// <summary>Accepts a response, or says why not.</summary>
    public async Task<Verdict> RespondAsync(RespondToTask command, TaskView view, CancellationToken cancellationToken)
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
            await engine.ClosedAsync(accepted.View.Task);
        }

        return verdict;
    }

    private async Task<Verdict> TryRespondAsync(RespondToTask command, TaskView view, CancellationToken cancellationToken)
    {
        var submission = command.Submission;
        for (var tries = 0; tries < MaxTries; tries++)
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
            if (tries == 0 && await engine.TryAcceptAsync(accepted, response, submission.Standing, cancellationToken))
            {
                return new Verdict.Accepted(view.In(accepted), response, Repeated: false);
            }

            switch (await store.CommitAsync(new TaskCommit(accepted) { Accepted = response }, cancellationToken))
            {
                case CommitResult.Committed:
                    await engine.ResumeAsync(view.RunId, CancellationToken.None);
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
}
