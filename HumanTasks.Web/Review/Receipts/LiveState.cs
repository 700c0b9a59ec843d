using HumanTasks.Core.Runs;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>How the run that goes on with an answer stands, as its reviewer may know it.</summary>
/// <param name="Status">Queued until the run exists or has taken the answer.</param>
/// <param name="Reason">Why it is queued; what went wrong inside stays with those who own the run.</param>
public sealed record LiveState(RunStatus Status, string? Reason = null)
{
    public bool IsOver => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.Expired;

    public string Text => ReviewTexts.Get($"Status{Status}");

    public string Detail => ReviewTexts.Get($"Status{Status}Detail");

    /// <summary>As the contract names it.</summary>
    public string Name => Status.ToString().ToLowerInvariant();
}
