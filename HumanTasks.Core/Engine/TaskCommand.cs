using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
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

/// <summary>A task and its run, as they stood at one moment.</summary>
/// <param name="Run">The run.</param>
/// <param name="Task">The task as it is stored, for all of its assignees.</param>
internal sealed record TaskStanding(Run Run, HumanTask Task)
{
    /// <summary>The run's wait for the task, also if an unexpected error interrupted it; null for a run that doesn't wait for it.</summary>
    public RunState.Paused? Wait =>
        (Run.State as RunState.Paused ?? (Run.State as RunState.Failed)?.Before as RunState.Paused) is { } paused && paused.TaskId == Task.Id
            ? paused
            : null;

    /// <summary>Whether the run waits for the task and can take a turn.</summary>
    public bool IsWaiting => Run.State is RunState.Paused && Wait is not null;
}

/// <summary>What a command comes to.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Nothing is written.</summary>
    /// <param name="Why">What the caller is told; also that there was nothing to do.</param>
    public sealed record Refuse(Verdict Why) : Decision
    {
        /// <summary>Whether a repeated submission is told of the first one instead.</summary>
        public bool MayRepeat { get; init; } = true;
    }

    /// <summary>The run, the task and a line of the log change in one commit.</summary>
    /// <param name="Commit">What is written.</param>
    /// <param name="Outcome">What the caller is told when it is written.</param>
    /// <param name="Wakes">Whether the run wants a turn at once.</param>
    public sealed record Write(TurnCommit Commit, Verdict Outcome, bool Wakes) : Decision;

    /// <summary>The task is closed without a response; the run's turn is written with it.</summary>
    public sealed record Close(HumanTask Task) : Decision;

    /// <summary>A response is accepted once its receipt is signed; the run's turn is written with it.</summary>
    /// <param name="Response">The response, without its receipt.</param>
    /// <param name="Seen">The task as its responder saw it.</param>
    /// <param name="Task">The task after the response.</param>
    public sealed record Accept(HumanResponse Response, TaskView Seen, HumanTask Task) : Decision;
}
