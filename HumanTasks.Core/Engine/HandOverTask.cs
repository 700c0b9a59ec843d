using HumanTasks.Core.People;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Somebody else becomes the assignee, or takes one of several seats; links of the one before are revoked.</summary>
/// <param name="Seat">The seat that is reassigned or delegated, if the task has several.</param>
/// <param name="To">The address of the new assignee.</param>
/// <param name="By">Who does it.</param>
/// <param name="Delegates">Whether the assignee delegates the task, and nobody reassigns it.</param>
/// <param name="Note">What goes with it to the new assignee.</param>
internal sealed record HandOverTask(int? Seat, string To, string? By, bool Delegates, string? Note) : TaskCommand(Seat)
{
    protected override Decision Decide(TaskStanding standing, HumanTask task, DateTimeOffset now)
    {
        if (Refusal(standing.Task, task) is { } why)
        {
            return new Decision.Refuse(new Verdict.NotAllowed(task, why));
        }

        var address = PersonAddress.Of(To)!;
        var (kind, happened, logged) = Delegates
            ? (NoticeKind.Delegated, TaskEventKind.Delegated, RunEvent.TaskDelegated)
            : (NoticeKind.Reassigned, TaskEventKind.Reassigned, RunEvent.TaskReassigned);
        var changed = standing.Task.Changed(now, happened, By, Note is null ? address : $"{address}: {Note}");
        changed = changed.Routing is { } routing && routing.Find(Seat ?? 0) is { } old
            ? changed.With(routing.With(old.HandedTo(address)))
            : changed.HandedTo(address);
        return Closed(task, now) ?? TaskChange.Of(
            standing,
            changed,
            new LogLine(now, task.Action, logged, changed.Assignee, By),
            new Notice(kind, 0, default) { Seat = Seat, Note = Note });
    }

    private string? Refusal(HumanTask whole, HumanTask task) =>
        Delegates && task.DelegateTo?.Any(entry => PersonAddress.Allows(entry, To)) != true ? "Delegation to this address isn't allowed."
        : PersonAddress.Of(To) is not { } address ? PersonAddress.Problem(To)
        : task.Excludes(address) ? "This person decided an earlier step and can't respond (four-eyes rule)."
        : whole.Routing is null ? null
        : task.Seat is null ? "The task has several assignees. Set 'from' to the one to replace."
        : whole.Routing.Of(address) is not null ? "This person is already an assignee."
        : null;
}
