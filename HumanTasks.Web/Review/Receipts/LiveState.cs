using HumanTasks.Core.Runs;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>The status of the continuation, as its reviewer may know it.</summary>
/// <param name="Status">The run's status; queued until the run exists or has consumed the response.</param>
/// <param name="Reason">Why it is queued. Internal errors are shown only to members.</param>
public sealed record LiveState(RunStatus Status, string? Reason = null)
{
    public bool IsOver => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.Expired;

    /// <summary>Whether the page still waits for a review of the response; null without a review.</summary>
    public bool? LookedAt { get; init; }

    /// <summary>Whether the task now asks something else.</summary>
    public bool HasFollowUp { get; init; }

    /// <summary>Whether the page continues to poll the status.</summary>
    public bool IsFollowed => !IsOver && !HasFollowUp && LookedAt is not false;

    private string Word => HasFollowUp ? "FollowUp" : LookedAt switch { true => "LookedAt", false => "LookedAtLong", _ => Status.ToString() };

    public string Text => ReviewTexts.Get($"Status{Word}");

    public string Detail => ReviewTexts.Get($"Status{Word}Detail");

    /// <summary>The status as the contract names it.</summary>
    public string Name => Status.ToString().ToLowerInvariant();
}
