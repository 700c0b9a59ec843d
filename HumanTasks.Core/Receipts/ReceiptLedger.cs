using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>The chain of receipts of a run: signs the next one, and says where the chain ends.</summary>
public sealed class ReceiptLedger(ReceiptSigner signer, IRunStore store)
{
    /// <summary>The receipt of a response to a task, as the task was when it was answered.</summary>
    public async Task<SignedReceipt> SignAsync(HumanTask task, HumanResponse response, CancellationToken cancellationToken)
    {
        var before = await EndBeforeAsync(task, cancellationToken);
        return signer.Sign(task, response, before);
    }

    /// <summary>All receipts of a run, the first one first.</summary>
    public async Task<IReadOnlyList<(HumanResponse Response, ChainLink Link)>> ReadAsync(
        IEnumerable<HumanTask> tasks, CancellationToken cancellationToken)
    {
        List<HumanResponse> responses = [];
        foreach (var task in tasks)
        {
            responses.AddRange(await store.ResponsesOfTaskAsync(task.Id, cancellationToken));
        }

        return ChainLink.InOrder(responses);
    }

    /// <summary>
    /// The signed end of a run's chain at a time (RFC 7515, compact form). What run and tasks know of it counts where it is
    /// more than the receipts that are there, so that one that was taken away is missed.
    /// </summary>
    public string Head(
        RunDetails details, IReadOnlyList<(HumanResponse Response, ChainLink Link)> receipts, DateTimeOffset at)
    {
        var known = details.Tasks.Select(task => task.ReceiptEnd).Append(details.Run.ReceiptEnd).MaxBy(end => end?.Count ?? 0);
        var found = receipts.Count > 0 ? new ChainEnd(receipts[^1].Link.Payload, receipts.Count) : null;
        return signer.SignHead(details.Run.Id, (known?.Count ?? 0) > receipts.Count ? known : found, at);
    }

    /// <summary>
    /// Where the chain ends as far as a task knows. A build without <c>v</c> 2 kept only the hash of the signed form of the
    /// newest receipt: that receipt is looked for once, when the next one follows it.
    /// </summary>
    private async Task<ChainEnd?> EndBeforeAsync(HumanTask task, CancellationToken cancellationToken)
    {
        if (task.ReceiptEnd is not null || task.ReceiptHead is not { } head)
        {
            return task.ReceiptEnd;
        }

        var receipts = await ReadAsync(await store.TasksOfRunAsync(task.RunId, cancellationToken), cancellationToken);
        for (var i = 0; i < receipts.Count; i++)
        {
            if (receipts[i].Link.Signed == head)
            {
                return new ChainEnd(receipts[i].Link.Payload, i + 1);
            }
        }

        return new ChainEnd(head, receipts.Count + 1); // it is not there: whoever checks the chain will miss it
    }
}
