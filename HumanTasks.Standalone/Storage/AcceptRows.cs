using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>The rows of an accepted response: the response and its task.</summary>
internal sealed class AcceptRows(HumanTask task, HumanResponse response)
{
    private readonly TaskRow taskRow = new(task);
    private readonly ResponseRow responseRow = new(response);

    public AcceptResult Accept(Connection connection)
    {
        if (RunRow.KeyOf(connection, task.RunId) is not { } run)
        {
            return AcceptResult.Conflict;
        }

        if (responseRow.IsRepeated(connection, run))
        {
            return AcceptResult.Duplicate;
        }

        if (!taskRow.Follows(connection, run))
        {
            return AcceptResult.Conflict;
        }

        taskRow.Update(connection, run);
        responseRow.Insert(connection, run, consumed: false);
        return AcceptResult.Accepted;
    }
}
