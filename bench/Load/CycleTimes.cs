namespace HumanTasks.Bench.Load;

/// <summary>In stopwatch ticks: creating, and from sending the submission to its completed continuation.</summary>
internal readonly record struct CycleTimes(long Create, long SubmitToCompleted);
