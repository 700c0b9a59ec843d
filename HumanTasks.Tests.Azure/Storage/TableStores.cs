using Azure.Core;
using Azure.Data.Tables;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>Stores over tables of their own, which are removed afterwards.</summary>
internal sealed class TableStores : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TableStores(ServiceProvider services, Requests requests)
    {
        this.services = services;
        Requests = requests;
    }

    public Requests Requests { get; }

    public MemoryValues Values => (MemoryValues)services.GetRequiredService<ILargeValues>();

    public ManualTime Time => (ManualTime)services.GetRequiredService<TimeProvider>();

    public TableRunStore Runs => services.GetRequiredService<TableRunStore>();

    public StorageTables Tables => services.GetRequiredService<StorageTables>();

    public Stores All => new(
        Runs, services.GetRequiredService<IRuleSetStore>(), services.GetRequiredService<IIdempotencyStore>(), services.GetRequiredService<IDocumentStore>());

    public static async Task<TableStores> OpenAsync()
    {
        var requests = new Requests();
        var options = StorageClients.TableOptions(
            new StorageRefusals(TimeProvider.System, NullLogger<StorageRefusals>.Instance), TimeProvider.System);
        options.AddPolicy(requests, HttpPipelinePosition.PerCall);
        options.AddPolicy(new LostAnswers(requests), HttpPipelinePosition.PerRetry);
        var service = new TableServiceClient(await Azurite.ConnectionStringAsync(), options);
        var prefix = $"t{Ids.New(TimeProvider.System.GetUtcNow())}";

        var stores = new TableStores(
            new ServiceCollection()
                .AddLogging()
                .AddSingleton<TimeProvider>(new ManualTime(Sample.Start))
                .AddSingleton<ILargeValues, MemoryValues>()
                .AddSingleton(new StorageTables(service, prefix))
                .AddTableStores()
                .BuildServiceProvider(),
            requests);
        await stores.Tables.CreateAsync(CancellationToken.None);
        requests.Clear();
        return stores;
    }

    public async ValueTask DisposeAsync()
    {
        Requests.Fail = null;
        await Task.WhenAll(Tables.All.Select(table => table.DeleteAsync()));
        await services.DisposeAsync();
    }
}
