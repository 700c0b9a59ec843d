using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>The rows of a task's commit: the task, and the response that it accepts.</summary>
internal sealed class TaskRows(TaskCommit commit)
{
    private readonly TaskRow task = new(commit.Task);
    private readonly ResponseRow? accepted = commit.Accepted is { } response ? new ResponseRow(response) : null;

    public CommitResult Commit(Connection connection)
    {
        if (RunRow.KeyOf(connection, commit.Task.RunId) is not { } run)
        {
            return CommitResult.Conflict;
        }

        if (accepted?.IsRepeated(connection, run) == true)
        {
            return CommitResult.Repeated;
        }

        if (!task.Follows(connection, run))
        {
            return CommitResult.Conflict;
        }

        task.Update(connection, run);
        accepted?.Insert(connection, run, consumed: false);
        return CommitResult.Committed;
    }
}
