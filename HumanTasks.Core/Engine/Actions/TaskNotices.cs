using HumanTasks.Core.Calendars;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Forms;
using HumanTasks.Core.People;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// What a run tells and does while it waits: mails, announcements, reminders, escalations. All of it is data of the run, each
/// with its time; one is sent in a turn, and a task depends on none of them.
/// </summary>
internal static class TaskNotices
{
    /// <summary>Why nothing can be sent to a name.</summary>
    public const string NoAddress = "The assignee is not an email address.";

    private const int FirstBefore = -1;
    private const int FirstLevel = -500;
    private const int FirstRepeated = -1000;
    private const int LastRepeated = -1500;

    /// <summary>All that is to be told of a new task, as far as it is known.</summary>
    public static IEnumerable<Notice> Plan(HumanTask task, TimingRequest timing, DateTimeOffset now)
    {
        var tells = task.Plan is { } plan && (plan.Channels.Count > 0 || (plan.Notifies && task.Assignees.Any(EmailAddresses.Are)));
        if (tells)
        {
            yield return new Notice(NoticeKind.Assigned, task.Version, now);
        }

        var repeats = FirstRepeated;
        if (tells && timing.RemindEvery is { } every && After(now, every, timing.HoursOf("remind")) is var first && first < task.ExpiresAt)
        {
            yield return new Notice(NoticeKind.Reminder, repeats, first);
        }

        if (task.DueAt is not { } due)
        {
            yield break;
        }

        for (var i = 0; i < timing.RemindBefore.Count && tells; i++)
        {
            var at = timing.HoursOf("remind") is { } hours ? hours.Subtract(due, timing.RemindBefore[i]) : due - timing.RemindBefore[i];
            if (at > now && at < task.ExpiresAt) // what would have been before the task was made is no reminder
            {
                yield return new Notice(NoticeKind.Reminder, FirstBefore - i, at);
            }
        }

        for (var i = 0; i < timing.Escalate.Count; i++)
        {
            if (After(due, timing.Escalate[i].After, timing.HoursOf("escalate")) is var at && at < task.ExpiresAt)
            {
                yield return new Notice(NoticeKind.Escalated, FirstLevel - i, at);
            }
        }
    }

    /// <summary>
    /// The same, marked where an email is due and the assignee is none to whom one can be sent, such as a name that an older
    /// build accepted. Those on the machine itself get none and find it in the Studio.
    /// </summary>
    public static HumanTask Marked(HumanTask task, DateTimeOffset now) =>
        task is { Kind: TaskKind.HumanTask, Routing: null, Assignee: { } assignee } && task.Plan?.Notifies != false
        && !EmailAddresses.Are(assignee) && !PersonAddress.IsLocal(assignee)
            ? task.Mailed(null, now, NoAddress) with { Timeline = [.. task.Timeline, new TaskEvent(now, TaskEventKind.MailFailed, Detail: NoAddress)] }
            : task;

    /// <summary>Does what is due, up to the first thing that goes outside.</summary>
    public static async Task WorkAsync(
        TurnDraft draft, Func<HumanTask, Notice, Task<ActionOutcome.Failed?>> notify, EngineOptions options)
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
            else if (Addressee(draft.Task, notice) is not { } task)
            {
                draft.Become(paused.Without(notice)); // answered meanwhile, or somebody else has it
            }
            else
            {
                await SendAsync(draft, paused, notice, task, notify, options);
                return;
            }
        }
    }

    /// <summary>Sends one. It is tried again like any effect, but the task does not depend on it.</summary>
    private static async Task SendAsync(
        TurnDraft draft,
        RunState.Paused paused,
        Notice notice,
        HumanTask task,
        Func<HumanTask, Notice, Task<ActionOutcome.Failed?>> notify,
        EngineOptions options)
    {
        var failure = await notify(task, notice);
        draft.EffectDone();
        var attempts = notice.Attempts + 1;
        var rest = paused.Without(notice);
        if (failure is { MayPass: true } && attempts < options.MaxAttempts)
        {
            draft.Become(rest.And(notice with { At = draft.Now + options.PauseAfter(attempts), Attempts = attempts }));
            draft.Log(RunEvent.RetryScheduled, failure.Message);
            return;
        }

        var whom = notice.Channel ?? notice.To ?? task.Assignee;
        var (happened, logged) = notice switch
        {
            _ when failure is not null => (TaskEventKind.MailFailed, RunEvent.EmailFailed),
            { Channel: not null } => (TaskEventKind.Posted, RunEvent.ChannelPosted),
            { Kind: NoticeKind.Reminder, Number: < 0 } => (TaskEventKind.Reminded, RunEvent.EmailSent),
            _ => (TaskEventKind.Mailed, RunEvent.EmailSent),
        };
        draft.Become(rest);
        var changed = draft.Task.Changed(draft.Now, happened, detail: failure?.Message ?? whom);
        draft.Put(notice is { To: null, Channel: null } ? changed.Mailed(notice.Seat, changed.UpdatedAt, failure?.Message) : changed);
        draft.Log(logged, failure?.Message ?? whom);
    }

    /// <summary>The same for everybody whom it concerns, one by one.</summary>
    private static IEnumerable<Notice> Addressed(HumanTask task, Notice notice)
    {
        if (task.Plan?.Notifies != false || notice.Number > 1) // what somebody asks for later is sent all the same
        {
            foreach (var seat in task.Routing?.Open.Select(seat => seat.Number) ?? [0])
            {
                yield return notice with { Seat = seat };
            }
        }

        foreach (var channel in task.Plan?.Channels ?? [])
        {
            yield return notice with { Channel = channel };
        }
    }

    /// <summary>The next of reminders that repeat; those whose time went by unseen are one.</summary>
    private static IEnumerable<Notice> Next(HumanTask task, Notice notice, DateTimeOffset now)
    {
        if (notice.Number is > FirstRepeated or <= LastRepeated || task.Plan is not { RemindEvery: { } every } plan)
        {
            yield break;
        }

        var at = notice.At;
        do
        {
            at = After(at, every, plan.ReminderHours);
        }
        while (at <= now);
        if (at < task.ExpiresAt)
        {
            yield return notice with { Number = notice.Number - 1, At = at };
        }
    }

    /// <summary>The task as whoever gets the notice sees it; null when it is nothing for them any more, or they get no mail.</summary>
    private static HumanTask? Addressee(HumanTask task, Notice notice)
    {
        if (notice is { To: not null } or { Channel: not null })
        {
            return task;
        }

        var seen = task.Routing is not { } routing ? task
            : routing.Open.Any(seat => seat.Number == notice.Seat) ? task.At(notice.Seat ?? 0)
            : null;
        return seen?.Assignee is { } assignee && EmailAddresses.Are(assignee) ? seen : null;
    }

    /// <summary>Hands an overdue task on, or asks somebody besides where several are asked, and tells who is to know.</summary>
    private static void Escalate(TurnDraft draft, int level)
    {
        var task = draft.Task;
        if (task.Plan?.Escalations.ElementAtOrDefault(level) is not { } escalation)
        {
            return;
        }

        List<Notice> notices = [];
        var number = FirstLevel - level;
        List<string> told = [.. escalation.Inform];
        if (escalation.To is { } to && !task.IsAssignedTo(to))
        {
            var before = task.Assignee;
            if (task.Routing is { } routing)
            {
                var seat = new Seat(routing.Seats.Max(other => other.Number) + 1, to);
                task = task.With(routing with { Seats = [.. routing.Seats, seat], ClaimedBy = null });
                notices.Add(new Notice(NoticeKind.Escalated, number, draft.Now) { Seat = seat.Number });
            }
            else
            {
                task = task.HandedTo(to);
                notices.Add(new Notice(NoticeKind.Escalated, number, draft.Now) { Seat = 0 });
                told.AddRange(before is null ? [] : [before]); // whose link is dead now
            }
        }

        notices.AddRange(told.Where(EmailAddresses.Are).Distinct().Select(address => new Notice(NoticeKind.Overdue, number, draft.Now) { To = address }));
        notices.AddRange((task.Plan?.Channels ?? []).Select(channel => new Notice(NoticeKind.Escalated, number, draft.Now) { Channel = channel }));
        draft.Put(task.Changed(draft.Now, TaskEventKind.Escalated, detail: escalation.To ?? string.Join(", ", escalation.Inform)));
        draft.Log(RunEvent.TaskEscalated, escalation.To ?? string.Join(", ", escalation.Inform));
        draft.Become(((RunState.Paused)draft.State).And(notices));
    }

    private static DateTimeOffset After(DateTimeOffset at, TimeSpan time, WorkingHours? hours) => hours?.Add(at, time) ?? at + time;
}
