using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// Views, answers and closes human tasks, by link or by ID. A response is written together with its turn if possible;
/// otherwise the run resumes once the response is stored.
/// </summary>
public sealed class TaskOperations(IRunStore store, RunEngine engine, LinkBuilder links, TimeProvider time)
{
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
            return TaskView.Of(task, claim.Seat) is not { } seen ? new Verdict.Expired(null)
                : claim.Generation == seen.Generation ? TaskLook.At(seen, time.GetUtcNow())
                : TaskLook.Replaced(seen);
        }

        // the token is valid, so the action existed: the run has either not reached it yet or never will
        var run = await store.FindRunAsync(claim.RunId, cancellationToken);
        return run is { State.IsOver: false } && time.GetUtcNow() < run.AvailableUntil
            ? new Verdict.NotReady()
            : new Verdict.Expired(null) { IsCancelled = run?.State is RunState.Cancelled };
    }

    /// <summary>
    /// Returns the task of a link of any generation, including revoked ones; null if it does not exist.
    /// </summary>
    public async Task<TaskView?> FindByLinkAsync(LinkClaim claim, CancellationToken cancellationToken) =>
        await store.FindTaskAsync(claim.TaskId, cancellationToken) is { } task ? TaskView.Of(task, claim.Seat) : null;

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
        TaskView view, JsonObject values, Submission submission, CancellationToken cancellationToken)
    {
        // the current context matters only for fields that a condition hides
        var context = submission.Standing?.Run.Context
            ?? (view.Question.Form().Fields.All(field => field.VisibleWhen is null) ? null
                : (await store.FindRunAsync(view.RunId, cancellationToken))?.Context);
        return await engine.RespondAsync(new AnswerTask(submission, IdOf(submission), values, context), view, cancellationToken);
    }

    /// <summary>Declines a task with a reason, if its action allows rejections.</summary>
    public Task<Verdict> RejectAsync(
        TaskView view, string? reason, Submission submission, CancellationToken cancellationToken) =>
        engine.RespondAsync(new DeclineTask(submission, IdOf(submission), reason), view, cancellationToken);

    /// <summary>Cancels a task without a response. Its run ends as cancelled.</summary>
    public Task<Verdict> CancelAsync(HumanTask task, string? reason, Caller caller, CancellationToken cancellationToken) =>
        engine.DoAsync(new CancelTask(caller, reason), task, cancellationToken);

    /// <summary>
    /// Creates a new link for the task: for the named assignee, for the caller's seat, or for all assignees. Earlier links are
    /// revoked.
    /// </summary>
    public Task<Verdict> ReissueLinkAsync(HumanTask task, string? assignee, Caller caller, CancellationToken cancellationToken) =>
        engine.DoAsync(new ReissueLink(caller, assignee), task, cancellationToken);

    /// <summary>
    /// Reassigns a task and revokes the earlier links. In a task for several people, <paramref name="from"/> is replaced.
    /// </summary>
    public Task<Verdict> ReassignAsync(HumanTask task, string? from, string to, Caller caller, CancellationToken cancellationToken) =>
        engine.DoAsync(new ReassignTask(caller, from, to), task, cancellationToken);

    /// <summary>Lets an assignee delegate the task, with a note, to another address that the action allows.</summary>
    public Task<Verdict> DelegateAsync(HumanTask task, string to, string? note, Caller caller, CancellationToken cancellationToken) =>
        engine.DoAsync(new DelegateTask(caller, to, note), task, cancellationToken);

    /// <summary>Claims the task for a candidate. Claiming it twice has no further effect.</summary>
    public Task<Verdict> ClaimAsync(HumanTask task, Caller caller, CancellationToken cancellationToken) =>
        engine.DoAsync(new ClaimTask(caller), task, cancellationToken);

    /// <summary>Releases a claimed task to all candidates, for the one who claimed it or someone who manages tasks.</summary>
    public Task<Verdict> ReleaseAsync(HumanTask task, Caller caller, CancellationToken cancellationToken) =>
        engine.DoAsync(new ReleaseTask(caller), task, cancellationToken);

    /// <summary>Sends the link to the assignee again, at most once a minute and 10 times an hour. Sooner, nothing is sent.</summary>
    public Task<Verdict> RemindAsync(HumanTask task, Caller caller, CancellationToken cancellationToken) =>
        RemindAsync(task, caller, null, cancellationToken);

    /// <summary>
    /// The same for a caller who knew of a number of reminders: if there are more by now, nothing is sent again.
    /// </summary>
    public Task<Verdict> RemindAsync(HumanTask task, Caller caller, int? known, CancellationToken cancellationToken) =>
        engine.DoAsync(new RemindTask(caller) { Known = known }, task, cancellationToken);

    /// <summary>Returns the number of reminders that were sent for a task.</summary>
    public static int RemindersOf(HumanTask task) => RemindTask.CountOf(task);

    /// <summary>
    /// Sends a new link to the assignee of a task whose link is no longer valid. An expired task is reopened with its
    /// run, for its original duration but never beyond the run's availability.
    /// </summary>
    public Task<Verdict> RenewLinkAsync(TaskView view, CancellationToken cancellationToken) =>
        engine.DoAsync(new RenewLink(new Caller(null) { Seat = view.OneOfSeveral?.Number, IsAtLink = true }), view.Task, cancellationToken);

    /// <summary>
    /// Returns the link of a person's view. For nobody in particular of several people, it is the link of the first who
    /// has not responded.
    /// </summary>
    public string LinkOf(TaskView view) => links.LinkOf(
        view is { Task.Asked: Asked.Several several, Seat: null } && several.Open.FirstOrDefault() is { } seat ? new TaskView(view.Task, seat) : view);

    /// <summary>Returns the links of several assignees by address; null for a single assignee.</summary>
    public IReadOnlyDictionary<string, string>? LinksOf(HumanTask task) => (task.Asked as Asked.Several)?.Seats
        .ToDictionary(seat => seat.Assignee, seat => links.LinkOf(new TaskView(task, seat)), StringComparer.Ordinal);

    private string IdOf(Submission submission) => submission.ResponseId ?? Ids.New(time.GetUtcNow());
}
