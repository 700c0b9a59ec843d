using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>A newly signed receipt.</summary>
/// <param name="Jws">The receipt (RFC 7515, compact form).</param>
/// <param name="End">The end of the chain including this receipt.</param>
public sealed record SignedReceipt(string Jws, ChainEnd End);

/// <summary>The receipt chain data stored on a task.</summary>
public static class ReceiptsOfTasks
{
    /// <summary>Returns the task with a newly signed receipt recorded.</summary>
    public static HumanTask With(this HumanTask task, SignedReceipt receipt) => task with
    {
        History = task.History with { ReceiptHead = ReceiptSigner.HashOf(receipt.Jws), ReceiptEnd = receipt.End },
    };
}
