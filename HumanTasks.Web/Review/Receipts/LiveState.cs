using HumanTasks.Core.Runs;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>How the run that goes on with an answer stands, as its reviewer may know it.</summary>
/// <param name="Status">Queued until the run exists or has taken the answer.</param>
/// <param name="Reason">Why it is queued; what went wrong inside stays with those who own the run.</param>
public sealed record LiveState(RunStatus Status, string? Reason = null)
{
    public bool IsOver => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.Expired;

    /// <summary>Whether the answer is looked at before it is final; null where it is not, otherwise whether the page still waits for that.</summary>
    public bool? LookedAt { get; init; }

    /// <summary>Whether something else is asked by now.</summary>
    public bool HasFollowUp { get; init; }

    /// <summary>Whether the page goes on asking how it stands.</summary>
    public bool IsFollowed => !IsOver && !HasFollowUp && LookedAt is not false;

    private string Word => HasFollowUp ? "FollowUp" : LookedAt switch { true => "LookedAt", false => "LookedAtLong", _ => Status.ToString() };

    public string Text => ReviewTexts.Get($"Status{Word}");

    public string Detail => ReviewTexts.Get($"Status{Word}Detail");

    /// <summary>As the contract names it.</summary>
    public string Name => Status.ToString().ToLowerInvariant();
}
