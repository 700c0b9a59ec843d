using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A change of a human task that somebody asks for. The decision needs no store and no clock.</summary>
/// <param name="Caller">Who asks for it.</param>
internal abstract record TaskCommand(Caller Caller)
{
    /// <summary>Decides the command on a task and its run as they stand at a time.</summary>
    public Decision Decide(TaskStanding standing, DateTimeOffset now) =>
        (SeatIn(standing.Task) is { } seat ? TaskView.Of(standing.Task, seat) : TaskView.Of(standing.Task)) is { } view
            ? Decide(standing, view, now)
            : new Decision.Refuse(new Verdict.Expired(TaskView.Of(standing.Task)));

    /// <summary>The seat that the command is about; null for the task as a whole.</summary>
    protected virtual int? SeatIn(HumanTask task) => Caller.Seat;

    /// <summary>The same, with the task as it is seen from the command's seat.</summary>
    protected abstract Decision Decide(TaskStanding standing, TaskView view, DateTimeOffset now);

    /// <summary>The decision for a task that can't be changed now; null for one that can.</summary>
    private protected static Decision.Refuse? Closed(TaskView view, DateTimeOffset now) =>
        TaskLook.At(view, now) is var look and not Verdict.Open ? new Decision.Refuse(look) : null;
}
