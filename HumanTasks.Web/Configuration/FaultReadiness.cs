using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Configuration;

/// <summary>
/// Reports runs with unexpected exceptions in readiness: the host works, but an operator should look.
/// </summary>
internal sealed class FaultReadiness(EngineOptions options, TimeProvider time) : IReadiness
{
    public Task<Readiness> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Readiness(null, FaultedRuns: options.Faults.Count(time.GetUtcNow())));
}
