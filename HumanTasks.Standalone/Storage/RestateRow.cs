using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Storage;

/// <summary>A change of a run's state that leaves the rest of its body as it is.</summary>
internal static class RestateRow
{
    /// <summary>
    /// Writes the state; returns the run's previous mark and when it wants a turn now. Returns null, and writes
    /// nothing, when there is nothing to change.
    /// </summary>
    public static (RunMark Before, DateTimeOffset? WakeAt)? Write(
        Connection connection, string runId, Func<RunMark, Restatement?> restate)
    {
        if (Find(connection, runId) is not var (key, mark, body) || restate(mark) is not { } wanted)
        {
            return null;
        }

        var version = mark.Version + 1;
        var wakeAt = wanted.State.WakeAfter(wanted.Line.At);
        connection
            .Prepare("UPDATE runs SET version = ?2, status = ?3, wake_at = ?4, body = ?5 WHERE key = ?1")
            .Bind(key)
            .Bind(version)
            .Bind((int)wanted.State.Status)
            .Bind(wakeAt)
            .Bind(RunBody.With(body, wanted.State, wanted.Line.At, version).Span)
            .Run();
        new LogRow([wanted.Line]).Insert(connection, key, version);
        return (mark, wakeAt);
    }

    private static (long Key, RunMark Mark, byte[] Body)? Find(Connection connection, string runId)
    {
        using var row = connection
            .Prepare("SELECT key, version, status, correlation_id, body FROM runs WHERE id = ?1")
            .BindId(runId);
        if (!row.Step())
        {
            return null;
        }

        var body = row.Blob(4).ToArray();
        return (
            row.Integer(0),
            new RunMark(runId, (int)row.Integer(1), row.TextOrNull(3) ?? runId, (RunStatus)row.Integer(2), RunBody.StateOf(body)),
            body);
    }
}
