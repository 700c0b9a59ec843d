namespace HumanTasks.Web.Api;

/// <summary>The receipts of a run.</summary>
/// <param name="Items">The receipts in the order of their chain.</param>
/// <param name="Next">The cursor of the next page.</param>
/// <param name="Head">The signed end of the chain: the current number of receipts and the hash of the last one.</param>
public sealed record ReceiptList(IReadOnlyList<ReceiptItem> Items, string? Next, string Head);
