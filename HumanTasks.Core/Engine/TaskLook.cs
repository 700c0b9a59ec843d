using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>What a task or its link is good for at a time.</summary>
internal static class TaskLook
{
    /// <summary>Whether a task can be answered from where it is seen, or why not.</summary>
    public static Verdict At(TaskView view, DateTimeOffset now) => view.State switch
    {
        { IsDefaulted: true } => new Verdict.Expired(view),
        TaskState.Completed when view.Task.Asked.Uses.AreUp => new Verdict.UsedUp(view),
        TaskState.Rejected => new Verdict.UsedUp(view),
        TaskState.Pending when view.Seat is { Answer: not null } => new Verdict.UsedUp(view),
        TaskState.Pending when view.Seat is { } seat && view.Task.Asked is Asked.Several { Claimed: { } claimed } && claimed.Number != seat.Number
            && view.Task.IsInTime(now) => new Verdict.Claimed(view, claimed.Assignee),
        TaskState.Reviewing => new Verdict.UnderReview(view),
        TaskState.Pending when view.Task.IsInTime(now) => new Verdict.Open(view),
        _ => new Verdict.Expired(view),
    };

    /// <summary>The refusal of a link that a newer one replaced.</summary>
    public static Verdict.Expired Replaced(TaskView view) => new(view) { IsReplaced = true, HandedOn = IsHandedOn(view) };

    /// <summary>Whether links of a task are revoked because somebody else is asked now. Of one of several that is not known.</summary>
    private static bool IsHandedOn(TaskView view) => view.OneOfSeveral is null && view.State.IsPending
        && view.History.Timeline.LastOrDefault(happened => happened.Kind is TaskEventKind.LinkReissued or TaskEventKind.Reopened
            or TaskEventKind.Delegated or TaskEventKind.Reassigned or TaskEventKind.Escalated) is { } last
        && (last.Kind is TaskEventKind.Delegated or TaskEventKind.Reassigned
            || (last is { Kind: TaskEventKind.Escalated, Detail: { } to } && view.IsOf(to)));
}
