using Azure.Data.Tables;
using HumanTasks.Core;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The index of the work on runs, for the sweeper. It is spread over several partitions by run ID; the rows of each
/// kind sort by time.
/// </summary>
internal static class Work
{
    /// <summary>When a run wants its next turn.</summary>
    public const string Wake = "wake";

    /// <summary>When a run's retention ends.</summary>
    public const string Expiry = "expiry";

    /// <summary>
    /// A write in progress: announced before its transaction and withdrawn when all its work is done.
    /// </summary>
    public const string Announced = "announced";

    /// <summary>A response that is accepted but not consumed; also announced before its transaction.</summary>
    public const string Open = "open";

    private const string At = "At";

    /// <summary>Returns the row that announces a write.</summary>
    /// <param name="runId">The run's ID.</param>
    /// <param name="stamp">The stamp of the write: an ID, which contains its time.</param>
    public static RowAddress Announcement(string runId, string stamp) =>
        new(RunKey.Work(runId), Key.Join(Announced, stamp, runId));

    public static TableEntity OpenResponse(string runId, string responseId, DateTimeOffset now)
    {
        var entity = new IndexRow(RunKey.Work(runId), OpenRow(runId, responseId), runId).ToEntity();
        entity[At] = now.UtcTicks;
        return entity;
    }

    public static string OpenRow(string runId, string responseId) => Key.Join(Open, responseId, runId);

    /// <summary>Returns when an open response was announced.</summary>
    public static DateTimeOffset OpenedAt(TableEntity row) => new(row.GetInt64(At) ?? 0, TimeSpan.Zero);

    /// <summary>Returns the stamp of an announced write.</summary>
    public static string StampOf(TableEntity row) => row.RowKey.Split('.')[1];

    /// <summary>Returns the rows of a kind before a key, from all partitions, oldest first.</summary>
    public static IAsyncEnumerable<TableEntity> RowsAsync(
        TableClient index, string kind, string? after, string before, int pageSize, CancellationToken cancellationToken) =>
        Ranges.MergeAsync(
            RunKey.AllWork.Select(partition => index.RangeAsync(
                partition, after is null ? Key.Under(kind) : Key.After(after), before, cancellationToken, pageSize)),
            row => row.RowKey,
            cancellationToken);

    /// <summary>Returns the smallest ID of a moment.</summary>
    public static string FirstId(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[Ids.ByteLength];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return Ids.Encode(bytes);
    }
}
