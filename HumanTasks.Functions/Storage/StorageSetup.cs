using Azure.Storage.Blobs;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.Hosting;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Creates the tables and containers that do not exist yet, before the first request. A storage account that refuses at
/// that time keeps the host unready instead of stopping it, and is asked again every few seconds.
/// </summary>
internal sealed class StorageSetup(StorageTables tables, BlobServiceClient blobs, StorageOptions options, TimeProvider time)
    : BackgroundService, IReadiness
{
    private static readonly string[] Containers = ["files", "values"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private volatile bool isComplete;

    public static string ContainerName(string prefix, string name) => $"{prefix.ToLowerInvariant()}-{name}";

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryCreateAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>The tables are asked by whoever asks for readiness; this asks the blobs.</summary>
    public async Task<Readiness> LookAsync(CancellationToken cancellationToken)
    {
        if (!isComplete)
        {
            return new Readiness("The tables and containers of the storage account are not created yet.");
        }

        await Container(Containers[0]).ExistsAsync(cancellationToken);
        return new Readiness(null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!isComplete)
        {
            await Task.Delay(Pause, time, stoppingToken);
            await TryCreateAsync(stoppingToken);
        }
    }

    private async Task TryCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(
            [
                tables.CreateAsync(cancellationToken),
                .. Containers.Select(name => Container(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            ]);
            isComplete = true;
        }
        catch (StorageUnavailableException)
        {
            // logged where it was refused; the next try follows
        }
    }

    private BlobContainerClient Container(string name) =>
        blobs.GetBlobContainerClient(ContainerName(options.Prefix, name));
}
