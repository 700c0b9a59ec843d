namespace HumanTasks.Client.DurableTask;

/// <summary>
/// The status and latest response of a task. It is a plain record because it crosses the boundary of an orchestration.
/// </summary>
public sealed record Look(
    string Status, string? Values, string? By, string? Verified, DateTimeOffset? At, string? Reason);
