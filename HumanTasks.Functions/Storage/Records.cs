using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Stored;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Functions.Storage;

/// <summary>Maps the records of a run to entities of its partition, and back.</summary>
internal sealed class Records(Bodies bodies)
{
    private const string Version = "Version";
    private const string Stamp = "Stamp";
    private const string Order = "Order";
    private const string TaskId = "Task";
    private const string ResponseId = "Response";
    private const string Consumed = "Consumed";
    private const string Pending = "Pending";
    private const string At = "At";
    private const string Deferred = "Deferred";

    public async Task<TableEntity> OfRunAsync(
        Run run, RunPlace place, string stamp, Room room, CancellationToken cancellationToken)
    {
        var entity = New(run.Id, RunKey.Run, stamp);
        entity[Version] = run.Version;
        place.WriteTo(entity);
        await PutAsync(entity, run, CoreJson.Default.Run, stamp, room, cancellationToken);
        return entity;
    }

    /// <summary>Returns the entity of the run at another version, with its body copied unread.</summary>
    public async Task<TableEntity> OfRunBodyAsync(
        RunPlace place, int version, ReadOnlyMemory<byte> body, string stamp, Room room, CancellationToken cancellationToken)
    {
        var entity = New(place.Id, RunKey.Run, stamp);
        entity[Version] = version;
        place.WriteTo(entity);
        await bodies.PutAsync(entity, body, stamp, room, cancellationToken);
        return entity;
    }

    /// <summary>Returns the entity of the sealed response to the request that asked for a change.</summary>
    public async Task<TableEntity> OfAnswerAsync(
        string runId, KeptAnswer.Pending kept, string stamp, Room room, CancellationToken cancellationToken)
    {
        var entity = New(runId, RunKey.OfAnswer(kept.Answer.ReservationId), stamp);
        await bodies.PutAsync(entity, kept.Sealed, stamp, room, cancellationToken);
        return entity;
    }

    public ValueTask<ReadOnlyMemory<byte>> BodyAsync(TableEntity entity, CancellationToken cancellationToken) =>
        bodies.GetAsync(entity, cancellationToken);

    public async ValueTask<Run> RunAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(entity, CoreJson.Default.Run, cancellationToken);
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException && RunPlace.IsGivenUp(entity))
        {
            // it failed because it cannot be read, and is shown as such
            return RunPlace.Unreadable(entity, VersionOf(entity));
        }
    }

    /// <summary>Returns the entity of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="place">Its place in the index.</param>
    /// <param name="order">A number that sorts tasks of a run with the same age.</param>
    /// <param name="stamp">The stamp of the write.</param>
    /// <param name="room">The bytes left in the transaction.</param>
    /// <param name="cancellationToken">Stops the upload of a large value.</param>
    public async Task<TableEntity> OfTaskAsync(
        HumanTask task, TaskPlace place, long order, string stamp, Room room, CancellationToken cancellationToken)
    {
        var entity = New(task.RunId, RunKey.OfTask(task.Id), stamp);
        entity[TaskId] = task.Id;
        entity[Version] = task.History.Version;
        entity[Order] = order;
        place.WriteTo(entity);
        await PutAsync(entity, StoredTask.Of(task), CoreJson.Default.StoredTask, stamp, room, cancellationToken);
        return entity;
    }

    public async ValueTask<HumanTask> TaskAsync(TableEntity entity, CancellationToken cancellationToken) =>
        (await GetAsync(entity, CoreJson.Default.StoredTask, cancellationToken)).Read();

    /// <summary>Returns the entity of a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="order">The version of its task that it created, which sorts responses of the same moment.</param>
    /// <param name="consumed">Whether a turn has already consumed it.</param>
    /// <param name="stamp">The stamp of the write.</param>
    /// <param name="room">The bytes left in the transaction.</param>
    /// <param name="cancellationToken">Stops the upload of a large value.</param>
    public async Task<TableEntity> OfResponseAsync(
        HumanResponse response, int order, bool consumed, string stamp, Room room, CancellationToken cancellationToken)
    {
        var entity = New(response.RunId, RunKey.OfResponse(response.Id), stamp);
        entity[TaskId] = response.TaskId;
        entity[ResponseId] = response.Id;
        entity[At] = response.At.UtcTicks;
        entity[Order] = (long)order;
        entity[Consumed] = consumed;
        await PutAsync(entity, response, CoreJson.Default.HumanResponse, stamp, room, cancellationToken);
        return entity;
    }

    public ValueTask<HumanResponse> ResponseAsync(TableEntity entity, CancellationToken cancellationToken) =>
        GetAsync(entity, CoreJson.Default.HumanResponse, cancellationToken);

    /// <summary>Returns an entity that, merged into a response, marks it as consumed.</summary>
    public static TableEntity ConsumedResponse(string runId, string responseId) =>
        new(RunKey.Partition(runId), RunKey.OfResponse(responseId)) { [Consumed] = true };

    public static TableEntity OfSubmission(HumanResponse response, string key, string stamp)
    {
        var entity = New(response.RunId, RunKey.OfSubmission(response.TaskId, key), stamp);
        entity[ResponseId] = response.Id;
        return entity;
    }

    public Task<TableEntity> OfLogAsync(
        Run run, IReadOnlyList<LogLine> lines, string stamp, Room room, CancellationToken cancellationToken) =>
        OfLogAsync(run.Id, run.Version, lines, stamp, room, cancellationToken);

    public async Task<TableEntity> OfLogAsync(
        string runId, int version, IReadOnlyList<LogLine> lines, string stamp, Room room, CancellationToken cancellationToken)
    {
        var entity = New(runId, RunKey.OfLog(version), stamp);
        entity[Version] = version;
        await PutAsync(entity, lines, CoreJson.Default.IReadOnlyListLogLine, stamp, room, cancellationToken);
        return entity;
    }

    public ValueTask<LogLine[]> LogAsync(TableEntity entity, CancellationToken cancellationToken) =>
        GetAsync(entity, CoreJson.Default.LogLineArray, cancellationToken);

    public async Task<TableEntity> OfStartsAsync(
        Run run, IReadOnlyList<RunStart> starts, string stamp, Room room, CancellationToken cancellationToken)
    {
        var entity = New(run.Id, RunKey.OfStarts(run.Version), stamp);
        entity[Pending] = true;
        await PutAsync(entity, starts, StorageJson.Default.IReadOnlyListRunStart, stamp, room, cancellationToken);
        return entity;
    }

    /// <summary>Returns the entity that remains of starts once their runs exist: the IDs.</summary>
    public async Task<TableEntity> OfStartedAsync(
        TableEntity starts, IEnumerable<string> runIds, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(starts.PartitionKey, starts.RowKey) { [Pending] = false };
        var stamp = $"{starts.GetString(Stamp)}-done";
        await PutAsync(entity, [.. runIds], StorageJson.Default.StringArray, stamp, new Room(), cancellationToken);
        return entity;
    }

    public async ValueTask<IReadOnlyList<RunStart>> PendingStartsAsync(TableEntity entity, CancellationToken cancellationToken) =>
        entity.GetBoolean(Pending) == true
            ? await GetAsync(entity, StorageJson.Default.IReadOnlyListRunStart, cancellationToken)
            : [];

    public async ValueTask<IEnumerable<string>> StartedAsync(TableEntity entity, CancellationToken cancellationToken) =>
        entity.GetBoolean(Pending) == true
            ? (await PendingStartsAsync(entity, cancellationToken)).Select(start => start.Run.Id)
            : await GetAsync(entity, StorageJson.Default.StringArray, cancellationToken);

    public async Task<TableEntity> OfTodoAsync(
        string runId, Todo todo, string stamp, DateTimeOffset now, Room room, CancellationToken cancellationToken)
    {
        var entity = New(runId, RunKey.OfTodo(stamp), stamp);
        entity[At] = now.UtcTicks;
        entity[Deferred] = todo.Consumed.Count > 0;
        await PutAsync(entity, todo, StorageJson.Default.Todo, stamp, room, cancellationToken);
        return entity;
    }

    public ValueTask<Todo> TodoAsync(TableEntity entity, CancellationToken cancellationToken) =>
        GetAsync(entity, StorageJson.Default.Todo, cancellationToken);

    /// <summary>Returns whether a turn relies on something in this to-do.</summary>
    public static bool IsUrgent(TableEntity todo) => todo.GetBoolean(Deferred) == true;

    /// <summary>Returns when the entity was written, for entities that record it.</summary>
    public static DateTimeOffset AtOf(TableEntity entity) => new(entity.GetInt64(At) ?? 0, TimeSpan.Zero);

    public static string? StampOf(TableEntity entity) => entity.GetString(Stamp);

    public static int VersionOf(TableEntity entity) => entity.GetInt32(Version) ?? 0;

    public static long OrderOf(TableEntity entity) => entity.GetInt64(Order) ?? 0;

    public static string TaskIdOf(TableEntity entity) => entity.GetString(TaskId);

    public static string ResponseIdOf(TableEntity entity) => entity.GetString(ResponseId);

    public static bool IsConsumed(TableEntity response) => response.GetBoolean(Consumed) == true;

    private static TableEntity New(string runId, string row, string stamp) =>
        new(RunKey.Partition(runId), row) { [Stamp] = stamp };

    private Task PutAsync<T>(
        TableEntity entity, T record, JsonTypeInfo<T> type, string stamp, Room room, CancellationToken cancellationToken) =>
        bodies.PutAsync(entity, JsonSerializer.SerializeToUtf8Bytes(record, type), stamp, room, cancellationToken);

    private async ValueTask<T> GetAsync<T>(TableEntity entity, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = await bodies.GetAsync(entity, cancellationToken);
        return JsonSerializer.Deserialize(body.Span, type)
            ?? throw new InvalidOperationException($"The record {entity.PartitionKey} {entity.RowKey} is empty.");
    }
}
