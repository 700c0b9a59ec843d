using System.Net;
using DurableTask.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanTasks.Tests.Functions.Genuine;

/// <summary>
/// Durable Task's engine for tests with a worker and a client of the genuine SDK, over gRPC as on a host. Put together
/// here because the package's own host would read the settings of the app that lie beside the tests.
/// </summary>
internal sealed class EngineInMemory : IAsyncDisposable
{
    private readonly WebApplication engine;
    private readonly GrpcChannel channel;
    private readonly IHost worker;

    private EngineInMemory(WebApplication engine, GrpcChannel channel, IHost worker)
    {
        this.engine = engine;
        this.channel = channel;
        this.worker = worker;
    }

    public DurableTaskClient Client => worker.Services.GetRequiredService<DurableTaskClient>();

    public static async Task<EngineInMemory> StartAsync(Action<DurableTaskRegistry> tasks)
    {
        var engine = Engine();
        await engine.StartAsync();
        var channel = GrpcChannel.ForAddress(engine.Urls.Single());
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDurableTaskWorker(worker =>
        {
            worker.AddTasks(tasks);
            worker.UseGrpc(channel);
        });
        builder.Services.AddDurableTaskClient(client => client.UseGrpc(channel));
        var host = builder.Build();
        await host.StartAsync();
        return new EngineInMemory(engine, channel, host);
    }

    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync();
        worker.Dispose();
        channel.Dispose();
        await engine.DisposeAsync();
    }

    private static WebApplication Engine()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new InMemoryOrchestrationService(NullLoggerFactory.Instance));
        builder.Services.AddSingleton<IOrchestrationService>(services => services.GetRequiredService<InMemoryOrchestrationService>());
        builder.Services.AddSingleton<IOrchestrationServiceClient>(services => services.GetRequiredService<InMemoryOrchestrationService>());
        builder.Services.AddSingleton<TaskHubGrpcServer>();
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<TaskHubGrpcServer>();
        return app;
    }
}
