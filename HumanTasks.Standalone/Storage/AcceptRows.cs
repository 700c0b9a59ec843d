using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>The rows of an accepted response: itself and its task.</summary>
internal sealed class AcceptRows(HumanTask task, HumanResponse response)
{
    private readonly TaskRow taskRow = new(task);
    private readonly ResponseRow responseRow = new(response);

    public AcceptResult Accept(Connection connection)
    {
        if (Find(connection) is not { } found)
        {
            return AcceptResult.Conflict;
        }

        if (found.Repeated)
        {
            return AcceptResult.Duplicate;
        }

        if (found.Version != task.Version - 1)
        {
            return AcceptResult.Conflict;
        }

        taskRow.Update(connection, found.Run);
        responseRow.Insert(connection, found.Run, consumed: false);
        return AcceptResult.Accepted;
    }

    private (long Run, long Version, bool Repeated)? Find(Connection connection)
    {
        using var row = connection
            .Prepare(
                """
                SELECT tasks.run, tasks.version,
                    EXISTS (SELECT 1 FROM responses WHERE task = tasks.key AND submission_key = ?3)
                FROM runs JOIN tasks ON tasks.run = runs.key
                WHERE runs.id = ?1 AND tasks.action = ?2
                """)
            .BindId(task.RunId)
            .Bind(TaskRow.ActionOf(task.Id))
            .Bind(response.SubmissionKey);
        return row.Step() ? (row.Integer(0), row.Integer(1), row.Integer(2) == 1) : null;
    }
}
