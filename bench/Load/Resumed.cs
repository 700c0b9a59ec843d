namespace HumanTasks.Bench.Load;

/// <summary>A continuation that has completed.</summary>
internal sealed record Resumed(int Number, string RunId);
