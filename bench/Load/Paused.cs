namespace HumanTasks.Bench.Load;

/// <summary>A run that waits for its reviewer.</summary>
internal sealed record Paused(int Number, string RunId, string CorrelationId, string ReviewPath);
