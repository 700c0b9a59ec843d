namespace HumanTasks.Bench.Load;

/// <summary>InTime counts the cycles that ended within the window; Times has those that ended after it, too.</summary>
internal sealed record CrowdResult(int InTime, TimeSpan Window, IReadOnlyList<CycleTimes> Times);
