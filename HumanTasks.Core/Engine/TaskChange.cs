using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>The commit of a change to a pending task: the task, its run and a line of the log.</summary>
internal static class TaskChange
{
    /// <summary>Writes a change and what the run is to tell people of it.</summary>
    /// <param name="standing">The task and its run before the change.</param>
    /// <param name="changed">The task after the change.</param>
    /// <param name="line">What the log says; its time follows from the change.</param>
    /// <param name="notices">Whom the run is to tell.</param>
    public static Decision Of(TaskStanding standing, HumanTask changed, LogLine line, params IReadOnlyList<Notice> notices)
    {
        if (standing.Wait is not { } wait || (notices.Count > 0 && !standing.IsWaiting))
        {
            return new Decision.Refuse(new Verdict.Expired(TaskView.Of(changed)));
        }

        var now = standing.Run.NotBefore(changed.History.UpdatedAt);
        Notice[] told = [.. notices.Select(notice => notice with { Number = changed.History.Version, At = now })];

        // one of a kind for each: whoever is handed a task needs no reminder of what came before
        Notice[] replaced =
        [
            .. wait.Plan.Where(other => other.Number >= 0 && Array.Exists(told, notice => (notice.Seat ?? 0) == (other.Seat ?? 0))),
        ];
        changed = TaskNotices.Replaced(standing.Task, changed, replaced, now);
        return Write(
            standing.Run,
            told.Length > 0 ? wait.With(wait.Plan.Except(replaced)).And(told) : standing.Run.State,
            changed,
            line with { At = now },
            wakes: told.Length > 0);
    }

    /// <summary>Writes a task and a state of its run as one.</summary>
    public static Decision.Write Write(Run run, RunState state, HumanTask task, LogLine line, bool wakes) => new(
        new TurnCommit
        {
            Run = run with { Version = run.Version + 1, UpdatedAt = line.At, State = state },
            ExpectedVersion = run.Version,
            Tasks = [task],
            Log = [line],
        },
        new Verdict.Done(task),
        wakes);
}
