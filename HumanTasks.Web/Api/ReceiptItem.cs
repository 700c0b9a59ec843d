using HumanTasks.Core.Receipts;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Web.Api;

/// <summary>A receipt.</summary>
/// <param name="Kind">answered, rejected or defaulted.</param>
/// <param name="At">The time of the response.</param>
/// <param name="TaskId">The task's ID.</param>
/// <param name="Jws">The receipt itself (RFC 7515, compact form).</param>
public sealed record ReceiptItem(string Kind, DateTimeOffset At, string TaskId, string Jws)
{
    public static ReceiptItem Of(HumanResponse response) =>
        new(ReceiptSigner.KindOf(response), response.At, response.TaskId, response.Receipt!);
}
