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
    private readonly ResponseRow? accepted = commit.Accepted is { } response ? new ResponseRow(response) : null;
    private readonly CommitRows[] starts = [.. commit.Starts.Select(start => new CommitRows(start.First))];

    public CreateResult Create(Connection connection, Metering? metering)
    {
        if (run.Insert(connection, metering) is { } key)
        {
            WriteBelongings(connection, key);
            return CreateResult.Created;
        }

        return RunRow.KeyOf(connection, commit.Run.Id) is null ? CreateResult.AllowanceExhausted : CreateResult.AlreadyExists;
    }

    public CommitResult Commit(Connection connection)
    {
        if (RunRow.KeyOf(connection, commit.Run.Id, commit.ExpectedVersion) is not { } key
            || !Array.TrueForAll(tasks, task => task.Follows(connection, key))
            || IsRepeated(connection, key))
        {
            return IsRepeated(connection, RunRow.KeyOf(connection, commit.Run.Id)) ? CommitResult.Repeated : CommitResult.Conflict;
        }

        if (commit.Tree is { } tree && Count(connection, tree) + commit.Descendants > tree.Limit)
        {
            return CommitResult.TreeIsFull;
        }

        run.Update(connection, key);
        WriteBelongings(connection, key);
        return CommitResult.Committed;
    }

    private bool IsRepeated(Connection connection, long? run) => run is { } key && accepted?.IsRepeated(connection, key) == true;

    /// <summary>Returns the number of runs, counted only as far as the limit needs.</summary>
    private static long Count(Connection connection, RunTree tree)
    {
        using var row = connection
            .Prepare("SELECT count(*) FROM (SELECT 1 FROM runs WHERE root = ?1 LIMIT ?2)")
            .BindId(tree.Root)
            .Bind(tree.Limit + 1L);
        return row.Step() ? row.Integer(0) : 0;
    }

    private void WriteBelongings(Connection connection, long key)
    {
        foreach (var task in tasks)
        {
            task.Write(connection, key);
        }

        accepted?.Insert(connection, key, consumed: true);
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

    private static void Start(Connection connection, RunStart start, CommitRows rows)
    {
        // over the allowance, or it exists already: then the second insert changes nothing either
        if (rows.Create(connection, start.Metering) == CreateResult.AllowanceExhausted)
        {
            new RunRow(start.Run with { State = new RunState.Queued(start.QueuedReason) }).Insert(connection, null);
        }
    }
}
