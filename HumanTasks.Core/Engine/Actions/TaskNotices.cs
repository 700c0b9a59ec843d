using HumanTasks.Core.Calendars;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Forms;
using HumanTasks.Core.People;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Sends emails, announcements, reminders and escalations while a run waits. All are planned in the run with their
/// times, one is handled per turn, and no task depends on them.
/// </summary>
internal static class TaskNotices
{
    /// <summary>Why nothing can be sent to a name.</summary>
    public const string NoAddress = "The assignee is not an email address.";

    private const int FirstBefore = -1;
    private const int FirstLevel = -500;
    private const int FirstRepeated = -1000;
    private const int LastRepeated = -1500;

    /// <summary>Plans the notices of a new task, as far as they are known.</summary>
    public static IEnumerable<Notice> Plan(HumanTask task, TimingRequest timing, DateTimeOffset now)
    {
        var tells = task.Schedule.Plan is { } plan && (plan.Channels.Count > 0 || (plan.Notifies && task.Asked.Assignees.Any(EmailAddresses.Are)));
        if (tells)
        {
            yield return new Notice(NoticeKind.Assigned, task.History.Version, now);
        }

        var repeats = FirstRepeated;
        if (tells && timing.RemindEvery is { } every && After(now, every, timing.HoursOf("remind")) is var first && first < task.Schedule.ExpiresAt)
        {
            yield return new Notice(NoticeKind.Reminder, repeats, first);
        }

        if (task.Schedule.DueAt is not { } due)
        {
            yield break;
        }

        for (var i = 0; i < timing.RemindBefore.Count && tells; i++)
        {
            var at = timing.HoursOf("remind") is { } hours ? hours.Subtract(due, timing.RemindBefore[i]) : due - timing.RemindBefore[i];
            if (at > now && at < task.Schedule.ExpiresAt) // a reminder from before the task was created is pointless
            {
                yield return new Notice(NoticeKind.Reminder, FirstBefore - i, at);
            }
        }

        for (var i = 0; i < timing.Escalate.Count; i++)
        {
            if (After(due, timing.Escalate[i].After, timing.HoursOf("escalate")) is var at && at < task.Schedule.ExpiresAt)
            {
                yield return new Notice(NoticeKind.Escalated, FirstLevel - i, at);
            }
        }
    }

    /// <summary>
    /// Marks the task if an email is due but the assignee cannot receive one, such as a name from an older build. Local
    /// addresses get no email; those people find the task in Studio.
    /// </summary>
    public static HumanTask Marked(DateTimeOffset now, HumanTask task) =>
        task is { Kind: TaskKind.HumanTask, Asked: Asked.One { Seat.Assignee: var assignee } } && task.Schedule.Plan?.Notifies != false
        && !EmailAddresses.Are(assignee) && !PersonAddress.IsLocal(assignee)
            ? task.Mailed(0, now, NoAddress).Noted(now, TaskEventKind.MailFailed, NoAddress)
            : task;

    /// <summary>Handles the due notices, up to the first with an external effect.</summary>
    public static void Work(TurnDraft draft, Func<TaskView, Notice, ActionOutcome> notify)
    {
        while (draft.DueNotice is { } notice && draft.State is RunState.Paused paused)
        {
            if (notice is { Kind: NoticeKind.Escalated, Number: < 0, IsAddressed: false })
            {
                draft.Become(paused.Without(notice));
                Escalate(draft, FirstLevel - notice.Number);
            }
            else if (!notice.IsAddressed)
            {
                draft.Become(paused.Without(notice).And([.. Addressed(draft.Task, notice), .. Next(draft.Task, notice, draft.Now)]));
            }
            else if (Addressee(draft.Task, notice) is not { } view)
            {
                draft.Become(paused.Without(notice));
                Withdraw(draft, draft.Task, notice);
            }
            else
            {
                Send(draft, paused, notice, view, notify);
                return;
            }
        }
    }

    /// <summary>
    /// Handles the due notices that were not sent when a run stops waiting. Those that only inform are still sent, by a
    /// separate run. For the others, the task's activity says why they were not sent.
    /// </summary>
    /// <param name="draft">The turn, which set the final state of the task.</param>
    /// <param name="before">The wait that ends.</param>
    /// <returns>The notices that still have to be sent.</returns>
    public static IReadOnlyList<Notice> Leave(TurnDraft draft, RunState.Paused before)
    {
        List<Notice> left = [];
        foreach (var notice in before.Plan.Where(notice => notice.IsAddressed && (notice.Attempts > 0 || notice.At <= draft.Now)))
        {
            if (notice is { To: not null } or { Channel: not null, Kind: not NoticeKind.Reminder })
            {
                left.Add(notice);
            }
            else
            {
                Withdraw(draft, draft.Task, notice);
            }
        }

        return left;
    }

    /// <summary>Returns a reassigned task, with activity entries for the previous assignee's unsent notices.</summary>
    public static HumanTask Replaced(HumanTask before, HumanTask after, IEnumerable<Notice> replaced, DateTimeOffset now)
    {
        foreach (var notice in replaced.Where(notice => notice is { To: null, Channel: null } && notice.At <= now || notice.Attempts > 0))
        {
            var seat = notice.Seat ?? 0;
            if (before.Asked.Find(seat)?.Assignee is { } whom && after.Asked.Find(seat)?.Assignee != whom)
            {
                after = after.Noted(now, TaskEventKind.MailWithdrawn, $"{whom}: reassigned");
            }
        }

        return after;
    }

    private static void Withdraw(TurnDraft draft, HumanTask task, Notice notice)
    {
        var seat = task.Asked.Find(notice.Seat ?? 0);
        var whom = notice.To ?? notice.Channel ?? seat?.Assignee ?? task.Asked.Names;
        var why = task.State switch
        {
            TaskState.Pending when seat?.Answer is not null => "already responded",
            TaskState.Pending when (task.Asked as Asked.Several)?.Claimed is { } claimed => $"claimed by {claimed.Assignee}",
            TaskState.Pending when seat is not null && !EmailAddresses.Are(seat.Assignee) => "this address receives no email",
            TaskState.Pending => "no longer an assignee",
            _ => $"the task is {task.State.Status.ToString().ToLowerInvariant()}",
        };
        draft.Put(task.Changed(draft.Now, TaskEventKind.MailWithdrawn, detail: whom is null ? why : $"{whom}: {why}"));
    }

    /// <summary>Sends one notice. It is retried like any effect, but the task does not depend on it.</summary>
    private static void Send(
        TurnDraft draft, RunState.Paused paused, Notice notice, TaskView view, Func<TaskView, Notice, ActionOutcome> notify)
    {
        var outcome = notify(view, notice);
        if (outcome is ActionOutcome.Waiting)
        {
            return; // it is performed first, or another turn has a place for it
        }

        draft.EffectDone();
        var failure = outcome as ActionOutcome.Failed;
        var attempts = notice.Attempts + 1;
        var since = notice.Since ?? draft.Now;
        var rest = paused.Without(notice);
        if (failure is { MayPass: true } && RetryPolicy.OfNotices.Next(attempts, since, draft.Now, failure.After) is { } again)
        {
            draft.Become(rest.And(notice with { At = again, Attempts = attempts, Since = since }));
            if (attempts == 1) // later failures are many and say the same
            {
                Put(draft, draft.Task, notice, TaskEventKind.MailFailed, failure.Message, failure.Message);
                draft.Log(RunEvent.RetryScheduled, failure.Message);
            }

            return;
        }

        var whom = Whom(notice.Channel ?? notice.To ?? view.Assignee, outcome);
        var (happened, logged) = notice switch
        {
            _ when failure is not null => (TaskEventKind.MailFailed, RunEvent.EmailFailed),
            { Channel: not null } => (TaskEventKind.Posted, RunEvent.ChannelPosted),
            { Kind: NoticeKind.Reminder, Number: < 0 } => (TaskEventKind.Reminded, RunEvent.EmailSent),
            _ => (TaskEventKind.Mailed, RunEvent.EmailSent),
        };
        draft.Become(rest);
        Put(draft, draft.Task, notice, happened, failure?.Message ?? whom, failure?.Message);
        draft.Log(logged, failure?.Message ?? whom);
    }

    /// <summary>Returns the recipient, and the way of sending if it is not a separate email.</summary>
    public static string? Whom(string? whom, ActionOutcome outcome) =>
        outcome is ActionOutcome.Finished { Note: { } note } ? $"{whom}: {note}" : whom;

    /// <summary>Records the result of a notice, and whether the task's email is still pending.</summary>
    public static void Put(TurnDraft draft, HumanTask task, Notice notice, TaskEventKind happened, string? detail, string? error)
    {
        var changed = task.Changed(draft.Now, happened, detail: detail);
        draft.Put(notice is { To: null, Channel: null } ? changed.Mailed(notice.Seat ?? 0, changed.History.UpdatedAt, error) : changed);
    }

    /// <summary>Does the same for each recipient.</summary>
    private static IEnumerable<Notice> Addressed(HumanTask task, Notice notice)
    {
        if (task.Schedule.Plan?.Notifies != false || notice.Number > 1) // a later request is still sent
        {
            foreach (var seat in task.Asked.Open)
            {
                yield return notice with { Seat = seat.Number };
            }
        }

        foreach (var channel in task.Schedule.Plan?.Channels ?? [])
        {
            yield return notice with { Channel = channel };
        }
    }

    /// <summary>Plans the next repeated reminder. Missed reminders count as one.</summary>
    private static IEnumerable<Notice> Next(HumanTask task, Notice notice, DateTimeOffset now)
    {
        if (notice.Number is > FirstRepeated or <= LastRepeated || task.Schedule.Plan is not { RemindEvery: { } every } plan)
        {
            yield break;
        }

        var at = notice.At;
        do
        {
            at = After(at, every, plan.ReminderHours);
        }
        while (at <= now);
        if (at < task.Schedule.ExpiresAt)
        {
            yield return notice with { Number = notice.Number - 1, At = at };
        }
    }

    /// <summary>
    /// Returns the task as the recipient sees it; null if it no longer concerns them or they get no email.
    /// </summary>
    public static TaskView? Addressee(HumanTask task, Notice notice)
    {
        if (notice is { To: not null } or { Channel: not null })
        {
            return TaskView.Of(task);
        }

        var seat = task.Asked is Asked.Several ? notice.Seat : 0; // older notices to the only assignee name no seat
        return task.Asked.Open.FirstOrDefault(open => open.Number == seat) is { } asked && EmailAddresses.Are(asked.Assignee)
            ? new TaskView(task, asked)
            : null;
    }

    /// <summary>
    /// Escalates an overdue task: reassigns it, or adds an assignee if there are several, and informs the others.
    /// </summary>
    private static void Escalate(TurnDraft draft, int level)
    {
        var task = draft.Task;
        if (task.Schedule.Plan?.Escalations.ElementAtOrDefault(level) is not { } escalation)
        {
            return;
        }

        List<Notice> notices = [];
        var number = FirstLevel - level;
        List<string> told = [.. escalation.Inform];
        if (escalation.To is { } to && !task.IsAssignedTo(to))
        {
            if (task.Asked is Asked.Several several)
            {
                var seat = new Seat(several.Seats.Max(other => other.Number) + 1, to);
                task = task with { Asked = several with { Seats = [.. several.Seats, seat], ClaimedBy = null } };
                notices.Add(new Notice(NoticeKind.Escalated, number, draft.Now) { Seat = seat.Number });
            }
            else
            {
                told.AddRange(task.Asked.Assignees); // whose link is revoked now
                task = task with { Asked = task.Asked.With(seat => seat.HandedTo(to)) };
                notices.Add(new Notice(NoticeKind.Escalated, number, draft.Now) { Seat = 0 });
            }
        }

        notices.AddRange(told.Where(EmailAddresses.Are).Distinct().Select(address => new Notice(NoticeKind.Overdue, number, draft.Now) { To = address }));
        notices.AddRange((task.Schedule.Plan?.Channels ?? []).Select(channel => new Notice(NoticeKind.Escalated, number, draft.Now) { Channel = channel }));
        draft.Put(task.Changed(draft.Now, TaskEventKind.Escalated, detail: escalation.To ?? string.Join(", ", escalation.Inform)));
        draft.Log(RunEvent.TaskEscalated, escalation.To ?? string.Join(", ", escalation.Inform));
        draft.Become(((RunState.Paused)draft.State).And(notices));
    }

    private static DateTimeOffset After(DateTimeOffset at, TimeSpan time, WorkingHours? hours) => hours?.Add(at, time) ?? at + time;
}
