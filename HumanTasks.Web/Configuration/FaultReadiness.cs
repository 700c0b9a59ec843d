using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Configuration;

/// <summary>Readiness tells of runs that met an exception which nobody expects: the host works, and somebody should look.</summary>
internal sealed class FaultReadiness(EngineOptions options, TimeProvider time) : IReadiness
{
    public Task<Readiness> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Readiness(null, FaultedRuns: options.Faults.Count(time.GetUtcNow())));
}
