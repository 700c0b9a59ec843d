using HumanTasks.Core;

namespace HumanTasks.Functions.Storage;

/// <summary>The keys of a run's partition, and of the index rows that point to it.</summary>
internal static class RunKey
{
    public const string Run = "run";
    public const string Todo = "run.todo";
    public const string Task = "task";
    public const string Response = "response";
    public const string Submission = "submission";
    public const string Log = "log";
    public const string Starts = "starts";
    public const string Answer = "answer";

    /// <summary>The row that counts the run's descendants.</summary>
    public const string Tree = "tree";

    private const int Buckets = 16;

    /// <summary>
    /// Returns the partition of a run. An ID begins with its time and ends with random characters: putting those first
    /// spreads new runs over servers.
    /// </summary>
    public static string Partition(string runId) => $"{runId[^2..]}-{runId}";

    /// <summary>Returns the run of a partition.</summary>
    public static string RunOf(string partition) => partition[3..];

    public static string OfTask(string taskId) => Key.Join(Task, TaskPart(taskId));

    public static string OfResponse(string responseId) => Key.Join(Response, responseId);

    public static string OfSubmission(string taskId, string submissionKey) =>
        Key.Join(Submission, TaskPart(taskId), Key.Of(submissionKey));

    public static string OfLog(int version) => Key.Join(Log, Key.Version(version));

    public static string OfStarts(int version) => Key.Join(Starts, Key.Version(version));

    /// <summary>
    /// Returns the key of the response to a request with an idempotency key, stored with the change that it reports.
    /// </summary>
    public static string OfAnswer(string reservationId) => Key.Join(Answer, reservationId);

    public static string OfTodo(string stamp) => Key.Join(Todo, stamp);

    /// <summary>Returns the part of a task's ID that is unique within its run.</summary>
    public static string TaskPart(string taskId) => Key.Of(taskId[(Ids.Length + 1)..]);

    /// <summary>Returns the index partition of the work on a run.</summary>
    public static string Work(string runId)
    {
        Span<byte> bytes = stackalloc byte[Ids.ByteLength];
        Ids.TryDecode(runId, bytes);
        return Work(bytes[^1] % Buckets);
    }

    public static IEnumerable<string> AllWork => Enumerable.Range(0, Buckets).Select(Work);

    private static string Work(int bucket) => $"work.{bucket:x}";
}
