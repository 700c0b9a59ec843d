namespace HumanTasks.Bench.Load;

/// <summary>
/// The times of a cycle, in stopwatch ticks: of the create, and from the submission to the completed continuation.
/// </summary>
internal readonly record struct CycleTimes(long Create, long SubmitToCompleted);
