namespace HumanTasks.Core.Ports;

/// <summary>Something of a host without which it cannot do its work.</summary>
public interface IReadiness
{
    Task<Readiness> LookAsync(CancellationToken cancellationToken);
}

/// <param name="Obstacle">Why the host cannot do its work now; null when it can.</param>
/// <param name="DamagedRecords">How many records were found that cannot be read and were passed over.</param>
/// <param name="FaultedRuns">How many runs met an exception that nobody expects, lately.</param>
public sealed record Readiness(string? Obstacle, int DamagedRecords = 0, int FaultedRuns = 0)
{
    /// <summary>What works less well than it should, as a sentence without secrets; null for nothing.</summary>
    public string? Degraded { get; init; }
}
