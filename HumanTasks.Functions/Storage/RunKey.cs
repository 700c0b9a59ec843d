using HumanTasks.Core;

namespace HumanTasks.Functions.Storage;

/// <summary>The keys of a run's partition, and of what points to it.</summary>
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

    /// <summary>Counts the runs that descend from this one.</summary>
    public const string Tree = "tree";

    private const int Buckets = 16;

    /// <summary>
    /// The last characters of an id are chance, the first ones time: in this order new runs do not all come to the same
    /// server.
    /// </summary>
    public static string Partition(string runId) => $"{runId[^2..]}-{runId}";

    /// <summary>The run of a partition.</summary>
    public static string RunOf(string partition) => partition[3..];

    public static string OfTask(string taskId) => Key.Join(Task, TaskPart(taskId));

    public static string OfResponse(string responseId) => Key.Join(Response, responseId);

    public static string OfSubmission(string taskId, string submissionKey) =>
        Key.Join(Submission, TaskPart(taskId), Key.Of(submissionKey));

    public static string OfLog(int version) => Key.Join(Log, Key.Version(version));

    public static string OfStarts(int version) => Key.Join(Starts, Key.Version(version));

    /// <summary>The answer of a request under an idempotency key, with the change that it answers.</summary>
    public static string OfAnswer(string reservationId) => Key.Join(Answer, reservationId);

    public static string OfTodo(string stamp) => Key.Join(Todo, stamp);

    /// <summary>What tells a task from the others of its run.</summary>
    public static string TaskPart(string taskId) => Key.Of(taskId[(Ids.Length + 1)..]);

    /// <summary>The index partition of what has to be done to a run.</summary>
    public static string Work(string runId)
    {
        Span<byte> bytes = stackalloc byte[Ids.ByteLength];
        Ids.TryDecode(runId, bytes);
        return Work(bytes[^1] % Buckets);
    }

    public static IEnumerable<string> AllWork => Enumerable.Range(0, Buckets).Select(Work);

    private static string Work(int bucket) => $"work.{bucket:x}";
}
