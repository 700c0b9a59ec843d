using Microsoft.DurableTask.Client;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// The client of the task hub, for what lives longer than one function. The SDK hands it to functions only, as a
/// <c>[DurableClient]</c> parameter, and never to the container. What it hands out is a wrapper without state of its
/// own around the one connection that it keeps for the hub as long as the process lives, safe for many threads. So
/// every function gives its own here before it does anything else, and everything behind it uses the latest.
/// </summary>
public sealed class TaskHub
{
    private DurableTaskClient? latest;

    public DurableTaskClient Client => Volatile.Read(ref latest)
        ?? throw new InvalidOperationException("No function has handed over its [DurableClient] yet.");

    public void Use(DurableTaskClient client) => Volatile.Write(ref latest, client);
}
