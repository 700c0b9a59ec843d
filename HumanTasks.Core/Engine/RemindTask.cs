using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Sends the assignee the link by email again.</summary>
internal sealed record RemindTask(int? Seat, string? By) : TaskCommand(Seat)
{
    protected override Decision Decide(TaskStanding standing, HumanTask task, DateTimeOffset now) =>
        Closed(task, now) ?? TaskChange.Of(
            standing,
            standing.Task.Changed(now, TaskEventKind.Reminded, By),
            new LogLine(now, task.Action, RunEvent.TaskReminded, standing.Task.Assignee, By),
            new Notice(NoticeKind.Reminder, 0, default) { Seat = Seat });
}
