using HumanTasks.Core.People;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>An assignee hands their own task, with a note, to an address that the action allows.</summary>
internal sealed record DelegateTask(Caller Caller, string To, string? Note) : ChangeAssignee(Caller, To)
{
    private protected override NoticeKind Notice => NoticeKind.Delegated;

    private protected override TaskEventKind Happened => TaskEventKind.Delegated;

    private protected override RunEvent Logged => RunEvent.TaskDelegated;

    private protected override string? ToldWithIt => Note;

    protected override int? SeatIn(HumanTask task) => Caller.Seat ?? task.Asked.Of(Caller.Person)?.Number;

    private protected override Verdict? NotTheirs(TaskView view) =>
        Caller.IsAtLink || (Caller.Person is { } person && view.Task.IsAssignedTo(person)) ? null : new Verdict.NotTheirs(view);

    private protected override string? NotTo(TaskView view) =>
        PersonAddress.Of(To) is null ? "Enter a valid email address."
        : view.Rights.DelegateTo?.Any(entry => PersonAddress.Allows(entry, To)) != true ? "Delegation to this address isn't allowed."
        : null;
}
