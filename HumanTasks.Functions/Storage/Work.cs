using Azure.Data.Tables;
using HumanTasks.Core;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The index of what has to be done to runs, for the sweeper. It is spread over a few partitions by run id; the rows of
/// each kind sort by time.
/// </summary>
internal static class Work
{
    /// <summary>When a run wants its next turn.</summary>
    public const string Wake = "wake";

    /// <summary>When a run is no longer available.</summary>
    public const string Expiry = "expiry";

    /// <summary>
    /// A write that is on its way: announced before its transaction and withdrawn when nothing of it is left to do.
    /// </summary>
    public const string Announced = "announced";

    /// <summary>A response that was accepted and not consumed; announced before its transaction, too.</summary>
    public const string Open = "open";

    private const string At = "At";

    /// <param name="runId">Whose write.</param>
    /// <param name="stamp">Of the write: an id, and so it says when.</param>
    public static RowAddress Announcement(string runId, string stamp) =>
        new(RunKey.Work(runId), Key.Join(Announced, stamp, runId));

    public static TableEntity OpenResponse(string runId, string responseId, DateTimeOffset now)
    {
        var entity = new IndexRow(RunKey.Work(runId), OpenRow(runId, responseId), runId).ToEntity();
        entity[At] = now.UtcTicks;
        return entity;
    }

    public static string OpenRow(string runId, string responseId) => Key.Join(Open, responseId, runId);

    /// <summary>When an open response was announced.</summary>
    public static DateTimeOffset OpenedAt(TableEntity row) => new(row.GetInt64(At) ?? 0, TimeSpan.Zero);

    /// <summary>The stamp of an announced write.</summary>
    public static string StampOf(TableEntity row) => row.RowKey.Split('.')[1];

    /// <summary>The rows of a kind before a key, from all partitions, oldest first.</summary>
    public static IAsyncEnumerable<TableEntity> RowsAsync(
        TableClient index, string kind, string? after, string before, int pageSize, CancellationToken cancellationToken) =>
        Ranges.MergeAsync(
            RunKey.AllWork.Select(partition => index.RangeAsync(
                partition, after is null ? Key.Under(kind) : Key.After(after), before, cancellationToken, pageSize)),
            row => row.RowKey,
            cancellationToken);

    /// <summary>The least id of a moment.</summary>
    public static string FirstId(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[Ids.ByteLength];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return Ids.Encode(bytes);
    }
}
