using Azure.Storage.Blobs;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.Hosting;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Creates missing tables and containers before the first request. If the storage account refuses, the host stays
/// unready instead of stopping, and tries again every few seconds.
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

    /// <summary>Checks the blobs; the caller of the readiness check reads the tables.</summary>
    public async Task<Readiness> LookAsync(CancellationToken cancellationToken)
    {
        if (!isComplete)
        {
            return new Readiness("The storage account's tables and containers don't exist yet.");
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
            // already logged where it was refused; the next attempt follows
        }
    }

    private BlobContainerClient Container(string name) =>
        blobs.GetBlobContainerClient(ContainerName(options.Prefix, name));
}
