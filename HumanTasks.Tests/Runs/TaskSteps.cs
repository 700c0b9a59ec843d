using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>Changes of a task as its viewer asks for them: from a seat by its link, otherwise as somebody who manages tasks.</summary>
internal static class TaskSteps
{
    public static Task<Verdict> ClaimAsync(this TaskOperations tasks, HumanTask seen, CancellationToken stop) =>
        tasks.ClaimAsync(seen, At(seen, null), stop);

    public static Task<Verdict> ReleaseAsync(this TaskOperations tasks, HumanTask seen, string? by, CancellationToken stop) =>
        tasks.ReleaseAsync(seen, At(seen, by), stop);

    public static Task<Verdict> DelegateAsync(
        this TaskOperations tasks, HumanTask seen, string to, string? note, string by, CancellationToken stop) =>
        tasks.DelegateAsync(seen, to, note, At(seen, by) with { Person = by }, stop);

    public static Task<Verdict> ReassignAsync(this TaskOperations tasks, HumanTask seen, string to, string? by, CancellationToken stop) =>
        tasks.ReassignAsync(seen, null, to, At(seen, by), stop);

    public static Task<Verdict> CancelAsync(this TaskOperations tasks, HumanTask seen, string? reason, string? by, CancellationToken stop) =>
        tasks.CancelAsync(seen, reason, At(seen, by), stop);

    public static Task<Verdict> ReissueLinkAsync(this TaskOperations tasks, HumanTask seen, string? by, CancellationToken stop) =>
        tasks.ReissueLinkAsync(seen, null, At(seen, by), stop);

    public static Task<Verdict> RemindAsync(this TaskOperations tasks, HumanTask seen, string? by, CancellationToken stop) =>
        tasks.RemindAsync(seen, At(seen, by), stop);

    private static Caller At(HumanTask seen, string? by) => new(by)
    {
        Seat = seen.Seat?.Number,
        IsAtLink = seen.Seat is not null,
        Manages = seen.Seat is null,
    };
}
