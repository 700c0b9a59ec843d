namespace HumanTasks.Bench.Load;

/// <summary>
/// The result of a load. InTime counts the cycles that ended within the window; Times includes later ones.
/// </summary>
internal sealed record CrowdResult(int InTime, TimeSpan Window, IReadOnlyList<CycleTimes> Times);
