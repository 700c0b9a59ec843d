using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HumanTasks.Functions.Orchestration;

/// <summary>One turn of a run. Activities run at least once; the engine answers a turn that is already taken.</summary>
public sealed class Advance(RunEngine engine, TaskHub hub)
{
    [Function(nameof(Advance))]
    public Task<Next> RunAsync(
        [ActivityTrigger] Turn turn, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        hub.Use(client);
        return engine.AdvanceAsync(turn, cancellationToken);
    }
}
