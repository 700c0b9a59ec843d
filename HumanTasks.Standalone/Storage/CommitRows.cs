using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Storage;

/// <summary>The rows of a turn's commit.</summary>
internal sealed class CommitRows(TurnCommit commit)
{
    private readonly RunRow run = new(commit.Run);
    private readonly LogRow log = new(commit.Log);
    private readonly TaskRow[] tasks = [.. commit.Tasks.Select(task => new TaskRow(task))];
    private readonly RunRow[] starts = [.. commit.Starts.Select(start => new RunRow(start.Run))];

    public CreateResult Create(Connection connection, Metering? metering)
    {
        if (run.Insert(connection, metering) is { } key)
        {
            WriteBelongings(connection, key);
            return CreateResult.Created;
        }

        return RunRow.KeyOf(connection, commit.Run.Id) is null ? CreateResult.AllowanceExhausted : CreateResult.AlreadyExists;
    }

    public bool Commit(Connection connection)
    {
        if (RunRow.KeyOf(connection, commit.Run.Id, commit.ExpectedVersion) is not { } key
            || !Array.TrueForAll(tasks, task => task.Follows(connection, key)))
        {
            return false;
        }

        run.Update(connection, key);
        WriteBelongings(connection, key);
        return true;
    }

    private void WriteBelongings(Connection connection, long key)
    {
        foreach (var task in tasks)
        {
            task.Write(connection, key);
        }

        foreach (var response in commit.Consumed)
        {
            ResponseRow.Consume(connection, key, response);
        }

        log.Insert(connection, key, commit.Run.Version);
        for (var i = 0; i < starts.Length; i++)
        {
            Start(connection, commit.Starts[i], starts[i]);
        }
    }

    private static void Start(Connection connection, RunStart start, RunRow row)
    {
        // over the allowance, or there already: then the second insert leaves it alone, too
        if (row.Insert(connection, start.Metering) is null && start.Metering is not null)
        {
            new RunRow(start.Run with { State = new RunState.Queued(start.QueuedReason) }).Insert(connection, null);
        }
    }
}
