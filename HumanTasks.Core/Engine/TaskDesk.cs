using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.People;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// Views, answers and closes human tasks, by link or by ID. A response is written together with its turn if possible;
/// otherwise the run resumes once the response is stored.
/// </summary>
public sealed class TaskDesk(IRunStore store, RunEngine engine, LinkBuilder links, ReceiptSigner receipts, TimeProvider time)
{
    /// <summary>The minimum lifetime of a renewed link, unless the run ends earlier.</summary>
    private static readonly TimeSpan ShortestRenewal = TimeSpan.FromHours(1);

    private readonly ReceiptLedger ledger = new(receipts, store);

    private const int MaxTries = 2000; // every lost race is another accepted response; a task has at most 1000

    /// <summary>Returns what a link leads to, without changing anything.</summary>
    public async Task<Verdict> OpenAsync(LinkClaim claim, CancellationToken cancellationToken)
    {
        var task = await store.FindTaskAsync(claim.TaskId, cancellationToken);
        return Counted(await LookAsync(claim, task, cancellationToken));
    }

    /// <summary>
    /// Does the same for a person who responds, and reads the data for the run's turn at the same time.
    /// </summary>
    public async Task<(Verdict Verdict, RunStanding? Standing)> OpenToAnswerAsync(
        LinkClaim claim, CancellationToken cancellationToken)
    {
        var standing = await store.FindStandingAsync(claim.RunId, cancellationToken);
        var task = standing?.Task is { } asked && asked.Id == claim.TaskId
            ? asked
            : await store.FindTaskAsync(claim.TaskId, cancellationToken);
        return (Counted(await LookAsync(claim, task, cancellationToken)), standing);
    }

    private static Verdict Counted(Verdict verdict)
    {
        Telemetry.Link(verdict switch
        {
            Verdict.Open => "opened",
            Verdict.UsedUp => "used-up",
            Verdict.NotReady => "not-ready",
            _ => "expired",
        });
        return verdict;
    }

    private async Task<Verdict> LookAsync(LinkClaim claim, HumanTask? task, CancellationToken cancellationToken)
    {
        if (task is not null)
        {
            return task.At(claim.Seat) is not { } seen ? new Verdict.Expired(null)
                : claim.Generation == seen.Generation ? Look(seen)
                : Replaced(seen);
        }

        // the token is valid, so the action existed: the run has either not reached it yet or never will
        var run = await store.FindRunAsync(claim.RunId, cancellationToken);
        return run is { State.IsOver: false } && time.GetUtcNow() < run.AvailableUntil
            ? new Verdict.NotReady()
            : new Verdict.Expired(null) { IsCancelled = run?.State is RunState.Cancelled };
    }

    private static Verdict.Expired Replaced(HumanTask task) => new(task) { IsReplaced = true, HandedOn = IsHandedOn(task) };

    /// <summary>
    /// Returns whether the links of a task were revoked because it was reassigned. Unknown for tasks with several
    /// assignees.
    /// </summary>
    private static bool IsHandedOn(HumanTask task) => task.Seat is null && task.State.IsPending
        && task.Timeline.LastOrDefault(happened => happened.Kind is TaskEventKind.LinkReissued or TaskEventKind.Reopened
            or TaskEventKind.Delegated or TaskEventKind.Reassigned or TaskEventKind.Escalated) is { } last
        && (last.Kind is TaskEventKind.Delegated or TaskEventKind.Reassigned
            || (last is { Kind: TaskEventKind.Escalated, Detail: { } to } && task.IsAssignedTo(to)));

    /// <summary>
    /// Returns the task of a link of any generation, including revoked ones; null if it does not exist.
    /// </summary>
    public async Task<HumanTask?> FindByLinkAsync(LinkClaim claim, CancellationToken cancellationToken) =>
        (await store.FindTaskAsync(claim.TaskId, cancellationToken))?.At(claim.Seat);

    /// <summary>Returns a task of this environment, or null if it does not exist.</summary>
    public async Task<HumanTask?> FindAsync(string environment, string taskId, CancellationToken cancellationToken) =>
        HumanTask.RunIdOf(taskId) is not null
        && await store.FindTaskAsync(taskId, cancellationToken) is { } task
        && task.Environment == environment
            ? task
            : null;

    /// <summary>
    /// Accepts values for a task that <see cref="OpenAsync"/> or <see cref="FindAsync"/> returned: validates them and
    /// writes the response and the task in one conditional write, with the run's turn if possible.
    /// </summary>
    public async Task<Verdict> AcceptAsync(
        HumanTask task, JsonObject values, Submission submission, CancellationToken cancellationToken)
    {
        // the current context matters only for fields that a condition hides
        var context = submission.Standing?.Run.Context
            ?? (task.Form().Fields.All(field => field.VisibleWhen is null) ? null
                : (await store.FindRunAsync(task.RunId, cancellationToken))?.Context);
        return await AnswerAsync(task, submission, current => FormInput.Check(current.Form(), values, submission.MaxFileBytes, context) switch
        {
            FormInput.Valid valid => (Respond(current, submission, valid.Values), null),
            FormInput.Invalid invalid => (null, new Verdict.InvalidInput(current, invalid.Problems)),
            _ => throw new InvalidOperationException("Unknown outcome of a check."),
        }, cancellationToken);
    }

    /// <summary>Declines a task with a reason, if its action allows rejections.</summary>
    public Task<Verdict> RejectAsync(
        HumanTask task, string? reason, Submission submission, CancellationToken cancellationToken) =>
        AnswerAsync(
            task,
            submission,
            current => current.AllowReject
                ? (Respond(current, submission, []) with { Rejects = true, Reason = reason, UsesLeft = 0, ResumedRunId = current.RunId }, null)
                : (null, new Verdict.RejectNotAllowed(current)),
            cancellationToken);

    /// <summary>Cancels a task without a response. Its run ends as cancelled.</summary>
    public Task<Verdict> CancelAsync(HumanTask task, string? reason, string? by, CancellationToken cancellationToken) =>
        ChangeAsync(task, resumes: true, current => current.Changed(
            time.GetUtcNow(), TaskEventKind.Cancelled, by, reason) with
        {
            State = new TaskState.Cancelled(reason),
        }, cancellationToken);

    /// <summary>
    /// Creates a new link for the task, for all assignees or for the viewed seat. Earlier links are revoked.
    /// </summary>
    public Task<Verdict> ReissueLinkAsync(HumanTask task, string? by, CancellationToken cancellationToken)
    {
        var seat = task.Seat?.Number;
        return ChangeAsync(
            task,
            resumes: false,
            current => Reissued(current.Changed(time.GetUtcNow(), TaskEventKind.LinkReissued, by), seat),
            cancellationToken);
    }

    private static HumanTask Reissued(HumanTask task, int? seat) => task.Routing is { } routing
        ? task.With(routing with
        {
            Seats = [.. routing.Seats.Select(one => one.Answer is null && (seat is null || one.Number == seat)
                ? one with { Generation = one.Generation + 1 }
                : one)],
        })
        : task with { Generation = task.Generation + 1 };

    /// <summary>
    /// Reassigns a task and revokes the earlier links. In a task for several people, the viewed seat is reassigned.
    /// </summary>
    public Task<Verdict> ReassignAsync(HumanTask task, string assignee, string? by, CancellationToken cancellationToken) =>
        HandOverAsync(task, assignee, NoticeKind.Reassigned, by, null, cancellationToken);

    /// <summary>Lets an assignee delegate the task, with a note, to another address that the action allows.</summary>
    public Task<Verdict> DelegateAsync(HumanTask task, string to, string? note, string by, CancellationToken cancellationToken) =>
        task.DelegateTo?.Any(entry => PersonAddress.Allows(entry, to)) != true
            ? Task.FromResult<Verdict>(new Verdict.NotAllowed(task, "Delegation to this address isn't allowed."))
            : HandOverAsync(task, to, NoticeKind.Delegated, by, note, cancellationToken);

    private async Task<Verdict> HandOverAsync(
        HumanTask task, string assignee, NoticeKind kind, string? by, string? note, CancellationToken cancellationToken)
    {
        var address = PersonAddress.Of(assignee);
        var refusal = address is null ? PersonAddress.Problem(assignee)
            : task.Excludes(address) ? "This person decided an earlier step and can't respond (four-eyes rule)."
            : task.Whole.Routing is null ? null
            : task.Seat is null ? "The task has several assignees. Set 'from' to the one to replace."
            : task.Whole.Routing.Of(address) is not null ? "This person is already an assignee."
            : null;
        if (refusal is not null || address is null)
        {
            return new Verdict.NotAllowed(task, refusal!);
        }

        var seat = task.Seat?.Number;
        var (what, logged) = kind == NoticeKind.Delegated
            ? (TaskEventKind.Delegated, RunEvent.TaskDelegated)
            : (TaskEventKind.Reassigned, RunEvent.TaskReassigned);
        var verdict = await NotifyAsync(
            task,
            new Notice(kind, 0, default) { Seat = seat, Note = note },
            logged,
            by,
            current =>
            {
                var changed = current.Changed(time.GetUtcNow(), what, by, note is null ? address : $"{address}: {note}");
                return changed.Routing is { } routing && routing.Find(seat ?? 0) is { } old
                    ? changed.With(routing.With(old.HandedTo(address)))
                    : changed.HandedTo(address);
            },
            cancellationToken);
        return verdict;
    }

    /// <summary>Claims the task for a candidate. Claiming it twice has no further effect.</summary>
    public Task<Verdict> ClaimAsync(HumanTask task, CancellationToken cancellationToken) =>
        task is { Seat: { } seat, Whole.Routing.Candidates: true }
            ? task.Excludes(seat.Assignee) ? Task.FromResult<Verdict>(new Verdict.SamePerson(task))
                : task.Whole.Routing.ClaimedBy == seat.Number ? Task.FromResult<Verdict>(new Verdict.Done(task.Whole))
                : ChangeAsync(
                    task,
                    resumes: false,
                    current => current.Changed(time.GetUtcNow(), TaskEventKind.Claimed, seat.Assignee)
                        .With(current.Routing! with { ClaimedBy = seat.Number }),
                    cancellationToken)
            : Task.FromResult<Verdict>(new Verdict.NotTheirs(task));

    /// <summary>Releases a claimed task to all candidates.</summary>
    /// <param name="task">The task as its candidate sees it; the whole task if someone else releases it.</param>
    /// <param name="by">The person or program that releases it.</param>
    /// <param name="cancellationToken">Cancels the call before the write.</param>
    public Task<Verdict> ReleaseAsync(HumanTask task, string? by, CancellationToken cancellationToken)
    {
        if (task.Whole.Routing is not { Candidates: true, ClaimedBy: var claimed })
        {
            return Task.FromResult<Verdict>(new Verdict.NotTheirs(task));
        }

        return claimed is null ? Task.FromResult<Verdict>(new Verdict.Done(task.Whole))
            : NotifyAsync(
                task,
                current => TellsOthers(current, claimed.Value),
                RunEvent.TaskReleased,
                by,
                current => current.Changed(time.GetUtcNow(), TaskEventKind.Released, by)
                    .With(current.Routing! with { ClaimedBy = null }),
                cancellationToken);
    }

    /// <summary>A released task is announced to every candidate except the one who had it.</summary>
    private static IEnumerable<Notice> TellsOthers(HumanTask task, int claimed) => task.Plan is not { Notifies: true }
        ? []
        : task.Routing!.Seats
            .Where(seat => seat.Number != claimed && seat.Answer is null)
            .Select(seat => new Notice(NoticeKind.Assigned, 0, default) { Seat = seat.Number });

    /// <summary>The maximum number of reminders for a task per hour.</summary>
    public const int MaxReminders = 10;

    /// <summary>Returns the time until a reminder may be sent; null if it may be sent now.</summary>
    public static TimeSpan? NextReminder(HumanTask task, DateTimeOffset now)
    {
        var hour = TimeSpan.FromHours(1);
        DateTimeOffset[] latest = [.. task.Timeline
            .Where(happened => happened.Kind == TaskEventKind.Reminded && now - happened.At < hour)
            .Select(happened => happened.At)
            .TakeLast(MaxReminders)];
        return latest.Length < MaxReminders ? null : latest[0] + hour - now;
    }

    /// <summary>Sends the link to the assignee again.</summary>
    public Task<Verdict> RemindAsync(HumanTask task, string? by, CancellationToken cancellationToken) =>
        NotifyAsync(
            task,
            new Notice(NoticeKind.Reminder, 0, default) { Seat = task.Seat?.Number },
            RunEvent.TaskReminded,
            by,
            current => current.Changed(time.GetUtcNow(), TaskEventKind.Reminded, by),
            cancellationToken);

    /// <summary>
    /// Sends a new link to the assignee of a task whose link is no longer valid. An expired task is reopened with its
    /// run, for its original duration but never beyond the run's availability.
    /// </summary>
    public async Task<Verdict> RenewLinkAsync(HumanTask task, CancellationToken cancellationToken)
    {
        if (Look(task) is Verdict.Open)
        {
            return await NotifyAsync(
                task,
                new Notice(NoticeKind.FreshLink, 0, default) { Seat = task.Seat?.Number },
                RunEvent.TaskReminded,
                null,
                current => current.Changed(time.GetUtcNow(), TaskEventKind.Reminded),
                cancellationToken);
        }

        var seat = task.Seat?.Number;
        if (task.State is not TaskState.Expired || task.Seat is { Answer: not null }
            || await store.FindRunAsync(task.RunId, cancellationToken) is not { State: RunState.Expired } run
            || run.IsGone(time.GetUtcNow()))
        {
            return new Verdict.Expired(task);
        }

        var now = task.NotBefore(run.NotBefore(time.GetUtcNow()));
        var life = task.Life > ShortestRenewal ? task.Life : ShortestRenewal;
        var until = life < run.AvailableUntil - now ? now + life : run.AvailableUntil;
        var open = Reissued(task.Whole.Changed(now, TaskEventKind.Reopened), seat) with
        {
            State = new TaskState.Pending(),
            ExpiresAt = until,
        };
        var waits = run with
        {
            Version = run.Version + 1,
            UpdatedAt = now,
            State = new RunState.Paused(task.Id, until).And(new Notice(NoticeKind.FreshLink, open.Version, now) { Seat = seat }),
        };
        var commit = new TurnCommit
        {
            Run = waits,
            ExpectedVersion = run.Version,
            Tasks = [open],
            Log = [new LogLine(now, task.Action, RunEvent.TaskReopened, task.Id)],
        };
        if (await store.CommitAsync(commit, cancellationToken) != CommitResult.Committed)
        {
            return new Verdict.Expired(task);
        }

        await engine.WakeAsync(waits, CancellationToken.None);
        return new Verdict.Done(open);
    }

    /// <summary>
    /// Returns the link of a task. In a task for several people without a viewed seat, it is the link of the first who
    /// has not responded.
    /// </summary>
    public string LinkOf(HumanTask task) =>
        links.LinkOf(task is { Routing: { } routing, Seat: null } && routing.Open.FirstOrDefault() is { } seat ? task.At(seat.Number)! : task);

    /// <summary>Returns the links of several assignees by address; null for a single assignee.</summary>
    public IReadOnlyDictionary<string, string>? LinksOf(HumanTask task) => task.Whole.Routing?.Seats
        .ToDictionary(seat => seat.Assignee, seat => links.LinkOf(task.At(seat.Number)!), StringComparer.Ordinal);

    /// <summary>Changes a task together with its run, which then emails the assignee.</summary>
    private Task<Verdict> NotifyAsync(
        HumanTask task,
        Notice notice,
        RunEvent happened,
        string? by,
        Func<HumanTask, HumanTask> change,
        CancellationToken cancellationToken) => NotifyAsync(task, _ => [notice], happened, by, change, cancellationToken);

    private async Task<Verdict> NotifyAsync(
        HumanTask task,
        Func<HumanTask, IEnumerable<Notice>> tell,
        RunEvent happened,
        string? by,
        Func<HumanTask, HumanTask> change,
        CancellationToken cancellationToken)
    {
        var seat = task.Seat?.Number ?? 0;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (Look(task) is not Verdict.Open and var refused)
            {
                return refused;
            }

            if (await store.FindStandingAsync(task.RunId, cancellationToken) is not
                { Run: { State: RunState.Paused paused } run, Task: { } current, Unconsumed: var unconsumed }
                || current.Id != task.Id)
            {
                return new Verdict.Expired(task);
            }

            task = seat > 0 ? current.At(seat) ?? current : current;
            if (unconsumed.Count > 0)
            {
                await engine.ResumeAsync(task.RunId, cancellationToken);
            }
            else if (Look(task) is Verdict.Open)
            {
                var changed = change(current);
                var now = run.NotBefore(changed.UpdatedAt);
                var notices = tell(current).Select(notice => notice with { Number = changed.Version, At = now }).ToArray();

                // one of each kind per recipient: a new assignee needs no earlier reminders
                var replaced = paused.Plan
                    .Where(other => other.Number >= 0 && Array.Exists(notices, notice => (notice.Seat ?? 0) == (other.Seat ?? 0)))
                    .ToArray();
                changed = TaskNotices.Replaced(current, changed, replaced, now);
                var waits = run with
                {
                    Version = run.Version + 1,
                    UpdatedAt = now,
                    State = paused.With(paused.Plan.Except(replaced)).And(notices),
                };
                var commit = new TurnCommit
                {
                    Run = waits,
                    ExpectedVersion = run.Version,
                    Tasks = [changed],
                    Log = [new LogLine(now, task.Action, happened, changed.Assignee, by)],
                };
                if (await store.CommitAsync(commit, cancellationToken) == CommitResult.Committed)
                {
                    await engine.WakeAsync(waits, CancellationToken.None);
                    return new Verdict.Done(changed);
                }
            }
        }

        throw new InvalidOperationException($"The task {task.Id} changed too often.");
    }

    private Verdict Look(HumanTask task) => task.State switch
    {
        { IsDefaulted: true } => new Verdict.Expired(task),
        TaskState.Completed when task.Whole.Uses >= task.Whole.MaxUses => new Verdict.UsedUp(task),
        TaskState.Rejected => new Verdict.UsedUp(task),
        TaskState.Pending when task.Seat is { Answer: not null } => new Verdict.UsedUp(task),
        TaskState.Pending when task.Seat is { Number: var seat } && task.Whole.Routing!.Claimed is { } claimed && claimed.Number != seat
            && task.NotBefore(time.GetUtcNow()) < task.ExpiresAt => new Verdict.Claimed(task, claimed.Assignee),
        TaskState.Reviewing => new Verdict.UnderReview(task),
        TaskState.Pending when task.NotBefore(time.GetUtcNow()) < task.ExpiresAt => new Verdict.Open(task),
        _ => new Verdict.Expired(task),
    };

    private async Task<Verdict> AnswerAsync(
        HumanTask task,
        Submission submission,
        Func<HumanTask, (HumanResponse? Response, Verdict? Refusal)> answer,
        CancellationToken cancellationToken)
    {
        var verdict = await TryAnswerAsync(task, submission, answer, cancellationToken);
        Telemetry.Answer(task.Environment, verdict switch
        {
            Verdict.Accepted { Repeated: true } => "repeated",
            Verdict.Accepted { Response.Rejects: true } => "rejected",
            Verdict.Accepted => "completed",
            _ => "refused",
        });
        if (verdict is Verdict.Accepted { Repeated: false } accepted && !submission.ByLink)
        {
            await engine.ClosedAsync(accepted.Task);
        }

        return verdict;
    }

    private async Task<Verdict> TryAnswerAsync(
        HumanTask task,
        Submission submission,
        Func<HumanTask, (HumanResponse? Response, Verdict? Refusal)> answer,
        CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (task.Routing is { } routing && task.Seat is null)
            {
                if (routing.Of(submission.By) is not { } own)
                {
                    return await RepeatedAsync(task, submission, cancellationToken)
                        ?? (Look(task) is Verdict.Open ? new Verdict.NotTheirs(task) : Look(task));
                }

                task = task.At(own.Number)!;
            }

            if (Look(task) is not Verdict.Open and var refused)
            {
                return await RepeatedAsync(task, submission, cancellationToken) ?? refused;
            }

            if (task.NotBy is not null && (submission.By is null || task.Excludes(submission.By)))
            {
                return submission.By is null ? new Verdict.NotTheirs(task) : new Verdict.SamePerson(task);
            }

            if (IsForAnother(task, submission))
            {
                return await RepeatedAsync(task, submission, cancellationToken) ?? new Verdict.NotTheirs(task);
            }

            if (submission.Round is { } round && round != task.CurrentRound.Number)
            {
                return await RepeatedAsync(task, submission, cancellationToken) ?? new Verdict.OtherRound(task);
            }

            var (response, refusal) = answer(task);
            if (response is null)
            {
                return await RepeatedAsync(task, submission, cancellationToken) ?? refusal!;
            }

            var receipt = await ledger.SignAsync(task, response, cancellationToken);
            response = response with { Receipt = receipt.Jws };
            var accepted = After(task, response, submission).With(receipt);
            if (tries == 0 && await engine.TryAcceptAsync(accepted, response, submission.Standing, cancellationToken))
            {
                return new Verdict.Accepted(Seen(accepted, task), response, Repeated: false);
            }

            switch (await store.AcceptAsync(accepted, response, cancellationToken))
            {
                case AcceptResult.Accepted:
                    await engine.ResumeAsync(task.RunId, CancellationToken.None);
                    return new Verdict.Accepted(Seen(accepted, task), response, Repeated: false);
                case AcceptResult.Duplicate:
                    return await RepeatedAsync(task, submission, cancellationToken)
                        ?? throw new InvalidOperationException($"The task {task.Id} has a duplicate that is not there.");
                default:
                    if ((await store.FindTaskAsync(task.Id, cancellationToken))?.At(task.Seat?.Number ?? 0) is not { } current)
                    {
                        return new Verdict.Expired(task);
                    }

                    var reissued = current.Generation != task.Generation && submission.ByLink;
                    task = current;
                    if (reissued)
                    {
                        return Replaced(task);
                    }

                    break;
            }
        }

        throw new InvalidOperationException($"The task {task.Id} changed too often to be answered.");
    }

    /// <summary>
    /// Returns whether a key names someone other than the assignee. Older builds could assign a task to a name instead
    /// of an address; anyone whom the key names may respond to it.
    /// </summary>
    private static bool IsForAnother(HumanTask task, Submission submission) =>
        submission is { Verified: Verification.ApiKey, By: { } by }
        && task.Assignee is { } assignee && TaskPeople.IsAddress(assignee)
        && !task.IsAssignedTo(by);

    private async Task<Verdict?> RepeatedAsync(
        HumanTask task, Submission submission, CancellationToken cancellationToken)
    {
        if (submission.Key is not { } key
            || await store.FindSubmissionAsync(task.Id, key, cancellationToken) is not { } first)
        {
            return null;
        }

        return first.Fingerprint == submission.Fingerprint
            ? new Verdict.Accepted(Seen(await store.FindTaskAsync(task.Id, cancellationToken) ?? task, task), first, Repeated: true)
            : new Verdict.KeyReused(task);
    }

    /// <summary>Returns whether the run continues with this response.</summary>
    private static bool Decides(HumanTask task, string id, DateTimeOffset at) =>
        task.Seat is not { } seat
        || task.Whole.Routing!.With(seat with { Answer = new SeatAnswer(id, at, Rejects: false) }).Decision == true;

    /// <summary>Returns a task as seen from the same seat as another.</summary>
    private static HumanTask Seen(HumanTask task, HumanTask from) => task.At(from.Seat?.Number ?? 0) ?? task;

    private HumanResponse Respond(HumanTask task, Submission submission, JsonObject values)
    {
        var at = task.NotBefore(time.GetUtcNow());
        var id = submission.ResponseId ?? Ids.New(at);
        return new HumanResponse
        {
            Id = id,
            TaskId = task.Id,
            RunId = task.RunId,
            Round = task.CurrentRound.Number,
            At = at,
            By = submission.By,
            Verified = submission.Verified,
            Seat = task.Seat?.Number,
            Values = values,
            SubmissionKey = submission.Key,
            Fingerprint = submission.Fingerprint,
            ResumedRunId = Decides(task, id, at) ? task.ResumedRunId(id) : task.RunId,
            UsesLeft = task.Seat is not null ? 0 : task.Review ? task.MaxUses - task.Uses : task.MaxUses - task.Uses - 1,
        };
    }

    private static HumanTask After(HumanTask task, HumanResponse response, Submission submission)
    {
        if (task.Seat is { } seat)
        {
            return AfterOneOf(task.Whole, seat, response, submission);
        }

        var looked = task.Review && !response.Rejects; // the use counts when the agent has reviewed it
        var uses = looked ? task.Uses : task.Uses + 1;
        TaskState state = looked ? new TaskState.Reviewing(response.Id, response.At)
            : response.Rejects ? new TaskState.Rejected(response.By, response.Reason)
            : uses >= task.MaxUses ? new TaskState.Completed()
            : task.State;
        var happened = response.Rejects ? TaskEventKind.Rejected : TaskEventKind.Answered;
        var detail = response.Reason ?? (response.By is null ? null : submission.Via);
        return task.Changed(response.At, happened, response.By ?? submission.Via, detail) with
        {
            Uses = uses,
            State = state,
        };
    }

    private static HumanTask AfterOneOf(HumanTask task, Seat seat, HumanResponse response, Submission submission)
    {
        var routing = task.Routing!.With(seat with { Answer = new SeatAnswer(response.Id, response.At, response.Rejects) });
        if (routing is { Candidates: true, ClaimedBy: null })
        {
            routing = routing with { ClaimedBy = seat.Number };
        }

        return task.Changed(
            response.At,
            response.Rejects ? TaskEventKind.Rejected : TaskEventKind.Answered,
            response.By ?? seat.Assignee,
            response.Reason ?? submission.Via).With(routing) with
        {
            Uses = response.Rejects ? task.Uses : task.Uses + 1,
            State = routing.Decision switch
            {
                true => new TaskState.Completed(),
                false => new TaskState.Rejected(response.By, response.Reason),
                null => task.State,
            },
        };
    }

    private async Task<Verdict> ChangeAsync(
        HumanTask task, bool resumes, Func<HumanTask, HumanTask> change, CancellationToken cancellationToken)
    {
        var seat = task.Seat?.Number;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (Look(task) is not Verdict.Open and var refused)
            {
                return refused;
            }

            var changed = change(task.Whole);
            if (await store.UpdateTaskAsync(changed, cancellationToken))
            {
                if (resumes)
                {
                    await engine.ResumeAsync(task.RunId, CancellationToken.None);
                    await engine.ClosedAsync(changed);
                }

                return new Verdict.Done(changed);
            }

            if ((await store.FindTaskAsync(task.Id, cancellationToken)) is not { } found
                || (seat is { } number ? found.At(number) : found) is not { } current)
            {
                return new Verdict.Expired(task);
            }

            task = current;
        }

        throw new InvalidOperationException($"The task {task.Id} changed too often.");
    }
}

/// <summary>A submission and its sender.</summary>
public sealed record Submission
{
    /// <summary>The idempotency key of the submission on the same task; null if the sender gave none.</summary>
    public string? Key { get; init; }

    /// <summary>A hash of the submission, which detects a different submission under the same key.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The person who responds, if known.</summary>
    public string? By { get; init; }

    /// <summary>The name of the API key, for the task's activity; null for the task's link.</summary>
    public string? Via { get; init; }

    /// <summary>How the person was verified.</summary>
    public Verification Verified { get; init; }

    /// <summary>The round of the task that the sender saw; null if not stated.</summary>
    public int? Round { get; init; }

    /// <summary>The ID of the response; generated from the clock if null.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The data for the run's turn, if read with the task; read again if null.</summary>
    public RunStanding? Standing { get; init; }

    /// <summary>Whether the submission used the task's link, which may have been replaced meanwhile.</summary>
    public bool ByLink { get; init; }

    /// <summary>The host's limit for one uploaded file, in bytes.</summary>
    public required long MaxFileBytes { get; init; }
}
