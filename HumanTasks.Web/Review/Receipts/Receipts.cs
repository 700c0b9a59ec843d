using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>Finds receipts by link and response, with the current status of the continuation.</summary>
internal sealed class Receipts(IRunStore store, IRunHost host, EnvironmentCatalog environments, Brands brands, TimeProvider time)
{
    /// <summary>How long the page waits while an agent reviews the response.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Returns the receipt, or why there is none. Also works for links that are used up or expired.</summary>
    /// <param name="claim">The content of the link.</param>
    /// <param name="only">The only kind of task allowed here; null for any.</param>
    /// <param name="responseId">The ID of a response that the link's task accepted.</param>
    /// <param name="wake">Whether to signal a run again that has not consumed its response after three seconds.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<(Receipt? Receipt, LinkRefusal? Refusal)> FindAsync(
        LinkClaim claim, TaskKind? only, string responseId, bool wake, CancellationToken cancellationToken)
    {
        if (await store.FindTaskAsync(claim.TaskId, cancellationToken) is not { } whole
            || TaskView.Of(whole, claim.Seat) is not { } task
            || task.Generation != claim.Generation
            || (only is { } kind && task.Kind != kind))
        {
            return (null, LinkRefusal.Expired);
        }

        var responses = await store.ResponsesOfTaskAsync(task.Id, cancellationToken);
        if (responses.FirstOrDefault(response => response.Id == responseId && (task.OneOfSeveral is not { } seat || response.Seat == seat.Number)) is not { } found)
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

    /// <summary>Returns the status, and whether the response is still unconsumed.</summary>
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

        // a run that ended without consuming the response will never consume it
        var asking = isSame ? resumed : await store.FindRunAsync(response.RunId, cancellationToken);
        return asking?.State is RunState.Failed or RunState.Cancelled
            ? (Of(asking.State), false)
            : (new LiveState(RunStatus.Queued), true);
    }

    private static LiveState Of(RunState state) => new(state.Status, (state as RunState.Queued)?.Reason);
}
