using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HumanTasks.Mcp;

/// <summary>
/// Delays the shutdown until open calls have been answered, for up to 4 seconds. Waits end at once, and their results are
/// written before the transport closes.
/// </summary>
internal sealed class OpenCalls : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<RequestId, bool> open = new();

    public McpMessageHandler Incoming(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest request)
        {
            open[request.Id] = true;
        }

        return next(context, cancellationToken);
    };

    public McpMessageHandler Outgoing(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        await next(context, cancellationToken);
        if (context.JsonRpcMessage is JsonRpcResponse or JsonRpcError && context.JsonRpcMessage is JsonRpcMessageWithId answer)
        {
            open.TryRemove(answer.Id, out _);
        }
    };

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!open.IsEmpty && !patience.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, cancellationToken);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
