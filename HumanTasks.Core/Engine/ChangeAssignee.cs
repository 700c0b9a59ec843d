using HumanTasks.Core.People;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Somebody else becomes the assignee, or takes one of several seats; links of the one before are revoked.</summary>
/// <param name="Caller">Who does it.</param>
/// <param name="To">The address of the new assignee.</param>
internal abstract record ChangeAssignee(Caller Caller, string To) : TaskCommand(Caller)
{
    private protected abstract NoticeKind Notice { get; }

    private protected abstract TaskEventKind Happened { get; }

    private protected abstract RunEvent Logged { get; }

    /// <summary>What goes with it to the new assignee.</summary>
    private protected virtual string? ToldWithIt => null;

    /// <summary>Why the caller may not change the assignee at all; null if they may.</summary>
    private protected abstract Verdict? NotTheirs(TaskView view);

    /// <summary>Why it may not go to the address; null if it may.</summary>
    private protected virtual string? NotTo(TaskView view) => null;

    protected override Decision Decide(TaskStanding standing, TaskView view, DateTimeOffset now)
    {
        if (NotTheirs(view) is { } refused)
        {
            return new Decision.Refuse(refused);
        }

        if ((NotTo(view) ?? Refusal(view)) is { } why)
        {
            return new Decision.Refuse(new Verdict.NotAllowed(view, why));
        }

        var address = PersonAddress.Of(To)!;
        var asked = standing.Task.Asked.With(seat => seat.Number == view.SeatNumber ? seat.HandedTo(address) : seat);
        return Closed(view, now) ?? TaskChange.Of(
            standing,
            standing.Task.Changed(now, Happened, Caller.By, ToldWithIt is null ? address : $"{address}: {ToldWithIt}") with { Asked = asked },
            new LogLine(now, view.Action, Logged, asked.Names, Caller.By),
            new Notice(Notice, 0, default) { Seat = view.OneOfSeveral?.Number, Note = ToldWithIt });
    }

    private string? Refusal(TaskView view) =>
        PersonAddress.Of(To) is not { } address ? PersonAddress.Problem(To)
        : view.Rights.Excludes(address) ? "This person decided an earlier step and can't respond (four-eyes rule)."
        : view.Task.Asked is not Asked.Several several ? null
        : view.Seat is null ? "The task has several assignees. Set 'from' to the one to replace."
        : several.Of(address) is not null ? "This person is already an assignee."
        : null;
}
