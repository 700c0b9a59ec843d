using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>Changes of a task as its viewer asks for them: from a seat by its link, otherwise as somebody who manages tasks.</summary>
internal static class TaskSteps
{
    public static Task<Verdict> ClaimAsync(this TaskOperations tasks, TaskView seen, CancellationToken stop) =>
        tasks.ClaimAsync(seen.Task, At(seen, null), stop);

    public static Task<Verdict> ReleaseAsync(this TaskOperations tasks, TaskView seen, string? by, CancellationToken stop) =>
        tasks.ReleaseAsync(seen.Task, At(seen, by), stop);

    public static Task<Verdict> DelegateAsync(
        this TaskOperations tasks, TaskView seen, string to, string? note, string by, CancellationToken stop) =>
        tasks.DelegateAsync(seen.Task, to, note, At(seen, by) with { Person = by }, stop);

    public static Task<Verdict> ReassignAsync(this TaskOperations tasks, TaskView seen, string to, string? by, CancellationToken stop) =>
        tasks.ReassignAsync(seen.Task, null, to, At(seen, by), stop);

    public static Task<Verdict> CancelAsync(this TaskOperations tasks, TaskView seen, string? reason, string? by, CancellationToken stop) =>
        tasks.CancelAsync(seen.Task, reason, At(seen, by), stop);

    public static Task<Verdict> ReissueLinkAsync(this TaskOperations tasks, TaskView seen, string? by, CancellationToken stop) =>
        tasks.ReissueLinkAsync(seen.Task, null, At(seen, by), stop);

    public static Task<Verdict> RemindAsync(this TaskOperations tasks, TaskView seen, string? by, CancellationToken stop) =>
        tasks.RemindAsync(seen.Task, At(seen, by), stop);

    public static Task<Verdict> AcceptAsync(
        this TaskOperations tasks, HumanTask task, JsonObject values, Submission submission, CancellationToken stop) =>
        tasks.AcceptAsync(TaskView.Of(task), values, submission, stop);

    public static Task<Verdict> RejectAsync(
        this TaskOperations tasks, HumanTask task, string? reason, Submission submission, CancellationToken stop) =>
        tasks.RejectAsync(TaskView.Of(task), reason, submission, stop);

    public static Task<Verdict> RenewLinkAsync(this TaskOperations tasks, HumanTask task, CancellationToken stop) =>
        tasks.RenewLinkAsync(TaskView.Of(task), stop);

    public static string LinkOf(this TaskOperations tasks, HumanTask task) => tasks.LinkOf(TaskView.Of(task));

    public static string LinkOf(this LinkBuilder links, HumanTask task) => links.LinkOf(TaskView.Of(task));

    public static Task<Verdict> DelegateAsync(
        this TaskOperations tasks, HumanTask seen, string to, string? note, string by, CancellationToken stop) =>
        tasks.DelegateAsync(TaskView.Of(seen), to, note, by, stop);

    public static Task<Verdict> ReassignAsync(this TaskOperations tasks, HumanTask seen, string to, string? by, CancellationToken stop) =>
        tasks.ReassignAsync(TaskView.Of(seen), to, by, stop);

    public static Task<Verdict> CancelAsync(this TaskOperations tasks, HumanTask seen, string? reason, string? by, CancellationToken stop) =>
        tasks.CancelAsync(TaskView.Of(seen), reason, by, stop);

    public static Task<Verdict> ReleaseAsync(this TaskOperations tasks, HumanTask seen, string? by, CancellationToken stop) =>
        tasks.ReleaseAsync(TaskView.Of(seen), by, stop);

    public static Task<Verdict> ReissueLinkAsync(this TaskOperations tasks, HumanTask seen, string? by, CancellationToken stop) =>
        tasks.ReissueLinkAsync(TaskView.Of(seen), by, stop);

    public static Task<Verdict> RemindAsync(this TaskOperations tasks, HumanTask seen, string? by, CancellationToken stop) =>
        tasks.RemindAsync(TaskView.Of(seen), by, stop);

    public static Task<Verdict> ClaimAsync(this TaskOperations tasks, HumanTask seen, CancellationToken stop) =>
        tasks.ClaimAsync(TaskView.Of(seen), stop);

    private static Caller At(TaskView seen, string? by) => new(by)
    {
        Seat = seen.OneOfSeveral?.Number,
        IsAtLink = seen.OneOfSeveral is not null,
        Manages = seen.OneOfSeveral is null,
    };
}
