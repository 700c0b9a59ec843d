using Microsoft.DurableTask.Client;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// The client of the task hub, for services that outlive a single function call. The SDK provides it only to functions,
/// as a <c>[DurableClient]</c> parameter, and never to the container. It is a stateless, thread-safe wrapper around the
/// one connection that the SDK keeps while the process lives. So every function stores its own client here first, and
/// services use the latest.
/// </summary>
public sealed class TaskHub
{
    private DurableTaskClient? latest;

    public DurableTaskClient Client => Volatile.Read(ref latest)
        ?? throw new InvalidOperationException("No function has provided its [DurableClient] yet.");

    public void Use(DurableTaskClient client) => Volatile.Write(ref latest, client);
}
