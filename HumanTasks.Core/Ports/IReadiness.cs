namespace HumanTasks.Core.Ports;

/// <summary>A dependency that a host needs to do its work.</summary>
public interface IReadiness
{
    Task<Readiness> LookAsync(CancellationToken cancellationToken);
}

/// <param name="Obstacle">The reason why the host cannot work now; null if it can.</param>
/// <param name="DamagedRecords">The number of unreadable records that were skipped.</param>
/// <param name="FaultedRuns">The number of runs that recently failed with an unexpected exception.</param>
public sealed record Readiness(string? Obstacle, int DamagedRecords = 0, int FaultedRuns = 0)
{
    /// <summary>What works only partly, as a sentence without secrets; null for nothing.</summary>
    public string? Degraded { get; init; }
}
