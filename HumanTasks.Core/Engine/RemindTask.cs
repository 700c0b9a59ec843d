using HumanTasks.Core.Forms;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Sends the assignee the link by email again, at most once a minute and 10 times an hour.</summary>
internal sealed record RemindTask(Caller Caller) : TaskCommand(Caller)
{
    /// <summary>The maximum number of reminders for a task per hour.</summary>
    public const int MaxReminders = 10;

    /// <summary>
    /// The number of reminders that the caller knew of; null for a caller who doesn't say. If there are more by now,
    /// this reminder was already sent: two clicks, or two members at once, remind once.
    /// </summary>
    public int? Known { get; init; }

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Within this time a second reminder is a second click.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    protected override Decision Decide(TaskStanding standing, TaskView view, DateTimeOffset now)
    {
        if (standing.Task.State.IsPending && !standing.Task.Asked.Assignees.Any(EmailAddresses.Are))
        {
            return new Decision.Refuse(new Verdict.NoAddress(view));
        }

        if (Known < CountOf(standing.Task) || (standing.Task.State.IsPending && IsJustReminded(standing.Task, now)))
        {
            return new Decision.Refuse(new Verdict.Done(standing.Task));
        }

        return NextReminder(standing.Task, now) is { } after
            ? new Decision.Refuse(new Verdict.TooManyReminders(view, after))
            : Closed(view, now) ?? TaskChange.Of(
                standing,
                standing.Task.Changed(now, TaskEventKind.Reminded, Caller.By),
                new LogLine(now, view.Action, RunEvent.TaskReminded, standing.Task.Asked.Names, Caller.By),
                new Notice(NoticeKind.Reminder, 0, default) { Seat = Caller.Seat });
    }

    /// <summary>Returns the number of reminders that were sent for a task.</summary>
    public static int CountOf(HumanTask task) => task.History.Timeline.Count(happened => happened.Kind == TaskEventKind.Reminded);

    /// <summary>Returns whether a reminder was sent a moment ago to those who are assigned now, with a link that still works.</summary>
    private static bool IsJustReminded(HumanTask task, DateTimeOffset now) => task.History.Timeline.Reverse()
        .TakeWhile(happened => happened.Kind is not (TaskEventKind.MailFailed or TaskEventKind.LinkReissued or TaskEventKind.Reassigned
            or TaskEventKind.Delegated or TaskEventKind.Escalated or TaskEventKind.Released or TaskEventKind.FollowUp or TaskEventKind.Reopened))
        .Any(happened => happened.Kind == TaskEventKind.Reminded && now - happened.At < Moment);

    /// <summary>Returns the time until a reminder may be sent; null if it may be sent now.</summary>
    private static TimeSpan? NextReminder(HumanTask task, DateTimeOffset now)
    {
        DateTimeOffset[] latest = [.. task.History.Timeline
            .Where(happened => happened.Kind == TaskEventKind.Reminded && now - happened.At < Hour)
            .Select(happened => happened.At)
            .TakeLast(MaxReminders)];
        return latest.Length < MaxReminders ? null : latest[0] + Hour - now;
    }
}
