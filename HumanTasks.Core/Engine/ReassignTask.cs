using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Somebody who manages tasks gives a task to another person.</summary>
/// <param name="Caller">Who does it.</param>
/// <param name="From">The assignee to replace; null for the only one who has not responded.</param>
/// <param name="To">The address of the new assignee.</param>
internal sealed record ReassignTask(Caller Caller, string? From, string To) : ChangeAssignee(Caller, To)
{
    private protected override NoticeKind Notice => NoticeKind.Reassigned;

    private protected override TaskEventKind Happened => TaskEventKind.Reassigned;

    private protected override RunEvent Logged => RunEvent.TaskReassigned;

    protected override int? SeatIn(HumanTask task) =>
        Caller.Seat
        ?? task.Asked.Of(From)?.Number
        ?? (From is null && task.Asked.Open.ToArray() is [var only] ? only.Number : null);

    private protected override Verdict? NotTheirs(TaskView view) =>
        view.Kind == TaskKind.HumanTask ? null : new Verdict.NoAssignee(view);
}
