using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>What a task or its link is good for at a time.</summary>
internal static class TaskLook
{
    /// <summary>Whether a task can be answered from where it is seen, or why not.</summary>
    public static Verdict At(HumanTask task, DateTimeOffset now) => task.State switch
    {
        { IsDefaulted: true } => new Verdict.Expired(task),
        TaskState.Completed when task.Whole.Uses >= task.Whole.MaxUses => new Verdict.UsedUp(task),
        TaskState.Rejected => new Verdict.UsedUp(task),
        TaskState.Pending when task.Seat is { Answer: not null } => new Verdict.UsedUp(task),
        TaskState.Pending when task.Seat is { Number: var seat } && task.Whole.Routing!.Claimed is { } claimed && claimed.Number != seat
            && task.NotBefore(now) < task.ExpiresAt => new Verdict.Claimed(task, claimed.Assignee),
        TaskState.Reviewing => new Verdict.UnderReview(task),
        TaskState.Pending when task.NotBefore(now) < task.ExpiresAt => new Verdict.Open(task),
        _ => new Verdict.Expired(task),
    };

    /// <summary>The refusal of a link that a newer one replaced.</summary>
    public static Verdict.Expired Replaced(HumanTask task) => new(task) { IsReplaced = true, HandedOn = IsHandedOn(task) };

    /// <summary>Whether links of a task are revoked because somebody else is asked now. Of one of several that is not known.</summary>
    private static bool IsHandedOn(HumanTask task) => task.Seat is null && task.State.IsPending
        && task.Timeline.LastOrDefault(happened => happened.Kind is TaskEventKind.LinkReissued or TaskEventKind.Reopened
            or TaskEventKind.Delegated or TaskEventKind.Reassigned or TaskEventKind.Escalated) is { } last
        && (last.Kind is TaskEventKind.Delegated or TaskEventKind.Reassigned
            || (last is { Kind: TaskEventKind.Escalated, Detail: { } to } && task.IsAssignedTo(to)));
}
