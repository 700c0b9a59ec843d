using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>A receipt that was just signed.</summary>
/// <param name="Jws">The receipt itself (RFC 7515, compact form).</param>
/// <param name="End">The end of the chain with it.</param>
public sealed record SignedReceipt(string Jws, ChainEnd End);

/// <summary>What a task knows of the chain of its run's receipts.</summary>
public static class ReceiptsOfTasks
{
    /// <summary>The task as it is with a receipt that was just signed.</summary>
    public static HumanTask With(this HumanTask task, SignedReceipt receipt) => task with
    {
        ReceiptHead = ReceiptSigner.HashOf(receipt.Jws),
        ReceiptEnd = receipt.End,
    };
}
