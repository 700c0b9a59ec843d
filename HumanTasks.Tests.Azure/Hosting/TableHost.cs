using System.Collections.Concurrent;
using System.Security.Cryptography;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Http;
using HumanTasks.Functions.Mail;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Functions.Storage;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Configuration;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests.Functions.Hosting;

/// <summary>
/// The web layer over the Azure host's own adapters of tables, blobs and mail on an emulator; what gives runs their turns
/// stands in for the task hub. It answers HTTP on a loopback port of its own.
/// </summary>
internal sealed class TableHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private TableHost(WebApplication app, Uri address, string apiKey)
    {
        this.app = app;
        Address = address;
        ApiKey = apiKey;
    }

    public Uri Address { get; }

    public string ApiKey { get; }

    public static async Task<TableHost> StartAsync(HostSettings settings)
    {
        var address = HostProcess.FreeAddress();
        var key = ApiKeys.New();
        var whole = settings
            .With("HumanTasks:LinkKeys:0", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))
            .With("HumanTasks:Environments:0:Id", "default")
            .With("HumanTasks:Environments:0:DisplayName", "HumanTasks")
            .WithKey(0, "default", key, "admin")
            .With("HumanTasks:ApiKeys:0:Name", "first")
            .With("HumanTasks:Storage:ConnectionString", await Azurite.ConnectionStringAsync())
            .With("HumanTasks:Storage:Prefix", $"h{Core.Ids.New(TimeProvider.System.GetUtcNow())}")
            .With("AZURE_FUNCTIONS_ENVIRONMENT", "Development");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(whole.Configuration.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseUrls(address.ToString()).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Services.AddAzureStorage(builder.Configuration).AddAzureMail(builder.Configuration).AddHumanTasks(builder.Configuration);
        builder.Services.AddSingleton<RunsInThisProcess>();
        builder.Services.AddSingleton<IRunHost>(provider => provider.GetRequiredService<RunsInThisProcess>());
        var app = builder.Build();
        app.Services.GetRequiredService<PublicBaseAddress>().FallBackTo(address);
        // the worker's pipeline signs nobody in; a web application's own would, before the address is matched
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
        app.Run(new InnerPipeline(app.Services, app.Services.GetRequiredService<PublicBaseAddress>()).InvokeAsync);
        await app.StartAsync();
        return new TableHost(app, address, key);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Gives runs their turns as the orchestration does: until one waits, then until a signal or its time.</summary>
    private sealed class RunsInThisProcess(IServiceProvider services, TimeProvider time, IHostApplicationLifetime lifetime) : IRunHost
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

        public Task StartAsync(Run run, CancellationToken cancellationToken) => SignalAsync(run.Id, Signal.Started, cancellationToken);

        public Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken)
        {
            if (waiting.TryGetValue(runId, out var waits))
            {
                waits.TrySetResult();
            }
            else
            {
                _ = Task.Run(() => OrchestrateAsync(runId), CancellationToken.None);
            }

            return Task.CompletedTask;
        }

        public Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken) =>
            SignalAsync(runId, Signal.Continue, cancellationToken);

        public IRunWatch Watch(string runId) => new PollingWatch(time);

        private async Task OrchestrateAsync(string runId)
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!waiting.TryAdd(runId, signal))
            {
                await SignalAsync(runId, Signal.Continue, default);
                return;
            }

            try
            {
                var engine = services.GetRequiredService<RunEngine>();
                var turn = new Turn(runId, Turn.AnyNumber, Signal.Continue);
                while (!lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    var next = await engine.AdvanceAsync(turn, lifetime.ApplicationStopping);
                    if (next.IsOver)
                    {
                        return;
                    }

                    if (next.WaitsUntil is { } until)
                    {
                        var left = until - time.GetUtcNow();
                        await Task.WhenAny(
                            signal.Task,
                            Task.Delay(left > TimeSpan.Zero ? left < TimeSpan.FromHours(1) ? left : TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(20), lifetime.ApplicationStopping));
                        waiting[runId] = signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    }
                }
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // the process ends
            }
            finally
            {
                waiting.TryRemove(runId, out _);
            }
        }
    }
}
