using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A task is closed without a response; its run ends cancelled, or its agent is told.</summary>
internal sealed record CancelTask(Caller Caller, string? Reason) : TaskCommand(Caller)
{
    protected override Decision Decide(TaskStanding standing, TaskView view, DateTimeOffset now) =>
        Closed(view, now) ?? (Decision)new Decision.Close(
            standing.Task.Changed(now, TaskEventKind.Cancelled, Caller.By, Reason) with { State = new TaskState.Cancelled(Reason) });
}
