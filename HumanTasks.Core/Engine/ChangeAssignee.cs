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
    private protected abstract Verdict? NotTheirs(HumanTask whole, HumanTask task);

    /// <summary>Why it may not go to the address; null if it may.</summary>
    private protected virtual string? NotTo(HumanTask task) => null;

    protected override Decision Decide(TaskStanding standing, HumanTask task, DateTimeOffset now)
    {
        if (NotTheirs(standing.Task, task) is { } refused)
        {
            return new Decision.Refuse(refused);
        }

        if ((NotTo(task) ?? Refusal(standing.Task, task)) is { } why)
        {
            return new Decision.Refuse(new Verdict.NotAllowed(task, why));
        }

        var (address, seat) = (PersonAddress.Of(To)!, task.Seat?.Number);
        var changed = standing.Task.Changed(now, Happened, Caller.By, ToldWithIt is null ? address : $"{address}: {ToldWithIt}");
        changed = changed.Routing is { } routing && routing.Find(seat ?? 0) is { } old
            ? changed.With(routing.With(old.HandedTo(address)))
            : changed.HandedTo(address);
        return Closed(task, now) ?? TaskChange.Of(
            standing,
            changed,
            new LogLine(now, task.Action, Logged, changed.Assignee, Caller.By),
            new Notice(Notice, 0, default) { Seat = seat, Note = ToldWithIt });
    }

    private string? Refusal(HumanTask whole, HumanTask task) =>
        PersonAddress.Of(To) is not { } address ? PersonAddress.Problem(To)
        : task.Excludes(address) ? "This person decided an earlier step and can't respond (four-eyes rule)."
        : whole.Routing is null ? null
        : task.Seat is null ? "The task has several assignees. Set 'from' to the one to replace."
        : whole.Routing.Of(address) is not null ? "This person is already an assignee."
        : null;
}
