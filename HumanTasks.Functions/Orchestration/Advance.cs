using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// The activity that takes one turn of a run. Activities run at least once; the engine recognizes a turn that was
/// already taken.
/// </summary>
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
