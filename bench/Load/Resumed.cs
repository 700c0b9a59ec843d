namespace HumanTasks.Bench.Load;

/// <summary>A continuation that was seen completed.</summary>
internal sealed record Resumed(int Number, string RunId);
