using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>Finds receipts by link and response, with the live state of the run that goes on.</summary>
internal sealed class Receipts(IRunStore store, IRunHost host, EnvironmentCatalog environments, Brands brands, TimeProvider time)
{
    /// <summary>How long somebody is kept at the page while an agent looks at their answer.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The receipt, or why there is none. Works for links that are used up or whose time is over.</summary>
    /// <param name="claim">What the link says.</param>
    /// <param name="only">The kind of task that is reached this way; null for any.</param>
    /// <param name="responseId">One that this link's task accepted.</param>
    /// <param name="wake">Whether a run that has not taken its answer after three seconds is signalled again.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<(Receipt? Receipt, LinkRefusal? Refusal)> FindAsync(
        LinkClaim claim, TaskKind? only, string responseId, bool wake, CancellationToken cancellationToken)
    {
        if ((await store.FindTaskAsync(claim.TaskId, cancellationToken))?.At(claim.Seat) is not { } task
            || task.Generation != claim.Generation
            || (only is { } kind && task.Kind != kind))
        {
            return (null, LinkRefusal.Expired);
        }

        var responses = await store.ResponsesOfTaskAsync(task.Id, cancellationToken);
        if (responses.FirstOrDefault(response => response.Id == responseId && (task.Seat is null || response.Seat == task.Seat.Number)) is not { } found)
        {
            return (null, LinkRefusal.NotFound);
        }

        var (state, waits) = await StateAsync(found, cancellationToken);
        if (wake && waits && time.GetUtcNow() - found.At >= Patience)
        {
            await host.SignalAsync(found.RunId, Signal.HumanResponse, cancellationToken);
        }

        var asks = environments.Find(task.Environment)?.DisplayName ?? task.Environment;
        var receipt = new Receipt(task, found, state, asks);
        return (receipt with
        {
            Brand = await brands.OfAsync(task.Environment, cancellationToken),
            State = state with
            {
                LookedAt = receipt.IsLookedAt && !state.IsOver ? time.GetUtcNow() - found.At < LongestLook : null,
                HasFollowUp = receipt.HasFollowUp,
            },
        }, null);
    }

    /// <summary>The state, and whether the answer still waits to be taken.</summary>
    private async Task<(LiveState State, bool Waits)> StateAsync(HumanResponse response, CancellationToken cancellationToken)
    {
        var resumed = await store.FindRunAsync(response.ResumedRunId, cancellationToken);
        var isSame = response.ResumedRunId == response.RunId;
        if (resumed is not null && (!isSame || resumed.State.IsOver))
        {
            return (Of(resumed.State), false);
        }

        var unconsumed = await store.UnconsumedResponsesAsync(response.RunId, cancellationToken);
        if (unconsumed.All(other => other.Id != response.Id))
        {
            return (resumed is null ? new LiveState(RunStatus.Queued) : Of(resumed.State), false);
        }

        // a run that ended before it took the answer will not take it any more
        var asking = isSame ? resumed : await store.FindRunAsync(response.RunId, cancellationToken);
        return asking?.State is RunState.Failed or RunState.Cancelled
            ? (Of(asking.State), false)
            : (new LiveState(RunStatus.Queued), true);
    }

    private static LiveState Of(RunState state) => new(state.Status, (state as RunState.Queued)?.Reason);
}
