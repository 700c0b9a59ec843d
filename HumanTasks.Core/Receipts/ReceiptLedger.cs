using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>The chain of receipts of a run. Signs the next receipt and the end of the chain.</summary>
public sealed class ReceiptLedger(ReceiptSigner signer, IRunStore store)
{
    /// <summary>Signs the receipt of a response to a task, in the task's state when the response was given.</summary>
    public async Task<SignedReceipt> SignAsync(HumanTask task, HumanResponse response, CancellationToken cancellationToken)
    {
        var before = await EndBeforeAsync(task, cancellationToken);
        return signer.Sign(task, response, before);
    }

    /// <summary>Returns all receipts of a run, starting with the first.</summary>
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
    /// Returns the signed end of a run's chain at a time (RFC 7515, compact form). If the run or its tasks recorded
    /// more receipts than exist, their count is signed, which reveals a removed receipt.
    /// </summary>
    public string Head(
        RunDetails details, IReadOnlyList<(HumanResponse Response, ChainLink Link)> receipts, DateTimeOffset at)
    {
        var known = details.Tasks.Select(task => task.History.ReceiptEnd).Append(details.Run.ReceiptEnd).MaxBy(end => end?.Count ?? 0);
        var found = receipts.Count > 0 ? new ChainEnd(receipts[^1].Link.Payload, receipts.Count) : null;
        return signer.SignHead(details.Run.Id, (known?.Count ?? 0) > receipts.Count ? known : found, at);
    }

    /// <summary>
    /// Returns the end of the chain that a task has recorded. Builds before <c>v</c> 2 stored only the hash of the
    /// newest receipt's signed form. That receipt is looked up once, when the next receipt follows it.
    /// </summary>
    private async Task<ChainEnd?> EndBeforeAsync(HumanTask task, CancellationToken cancellationToken)
    {
        if (task.History.ReceiptEnd is not null || task.History.ReceiptHead is not { } head)
        {
            return task.History.ReceiptEnd;
        }

        var receipts = await ReadAsync(await store.TasksOfRunAsync(task.RunId, cancellationToken), cancellationToken);
        for (var i = 0; i < receipts.Count; i++)
        {
            if (receipts[i].Link.Signed == head)
            {
                return new ChainEnd(receipts[i].Link.Payload, i + 1);
            }
        }

        return new ChainEnd(head, receipts.Count + 1); // the receipt is missing, and a check of the chain reports it
    }
}
