using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Sweeping;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HumanTasks.Functions.Storage;

/// <summary>Registers the ports of Core on Azure: tables, blobs and email.</summary>
internal static class AzureStorage
{
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptions.Validator>();
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value);

        services.AddSingleton<StorageRefusals>();
        services.AddSingleton(provider => StorageClients.Tables(
            provider.GetRequiredService<StorageOptions>(),
            provider.GetRequiredService<StorageRefusals>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => StorageClients.Blobs(
            provider.GetRequiredService<StorageOptions>(),
            provider.GetRequiredService<StorageRefusals>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StorageTables(
            provider.GetRequiredService<TableServiceClient>(), provider.GetRequiredService<StorageOptions>().Prefix));
        services.AddSingleton<IFileStore>(provider => new BlobFileStore(Container(provider, "files")));
        services.AddSingleton<ILargeValues>(provider => new BlobLargeValues(Container(provider, "values")));
        services.AddSingleton<StorageSetup>();
        services.AddHostedService(provider => provider.GetRequiredService<StorageSetup>());
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<StorageSetup>());

        services.AddTableStores();
        services.AddOptions<KeyManagementOptions>().Configure<TableXmlRepository>(
            (options, repository) => options.XmlRepository = repository);
        return services;
    }

    /// <summary>Registers the stores on top of registered tables and large values.</summary>
    internal static IServiceCollection AddTableStores(this IServiceCollection services)
    {
        services.AddSingleton<Bodies>();
        services.AddSingleton<Records>();
        services.AddSingleton<RowCache>();
        services.AddSingleton(provider => new RunPartition(
            provider.GetRequiredService<StorageTables>().Runs, provider.GetRequiredService<RowCache>()));
        services.AddSingleton(provider => new IndexWriter(provider.GetRequiredService<StorageTables>().Index));
        services.AddSingleton(provider => new Allowances(provider.GetRequiredService<StorageTables>().Allowances));
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunTrees>();
        services.AddSingleton<RunRecords>();
        services.AddSingleton<RunWriter>();
        services.AddSingleton<RunRepair>();
        services.AddSingleton<RunWrites>();
        services.AddSingleton<ListReader>();
        services.AddSingleton<RunLists>();
        services.AddSingleton<TaskLists>();
        services.AddSingleton<RunLog>();
        services.AddSingleton<RunQueue>();
        services.AddSingleton<RunPurge>();
        services.AddSingleton<RunSweep>();
        services.AddSingleton<TableXmlRepository>();

        services.AddSingleton<TableRunStore>();
        services.AddSingleton<IRunStore>(provider => provider.GetRequiredService<TableRunStore>());
        services.AddSingleton<IRunIndex>(provider => provider.GetRequiredService<TableRunStore>());
        services.AddSingleton<IRuleSetStore, TableRuleSetStore>();
        services.AddSingleton<IDocumentStore, TableDocumentStore>();
        return services.AddSingleton<IIdempotencyStore, TableIdempotencyStore>();
    }

    /// <summary>Returns the managed identity of the deployment.</summary>
    internal static TokenCredential Identity(string? clientId) => new ManagedIdentityCredential(
        string.IsNullOrEmpty(clientId)
            ? ManagedIdentityId.SystemAssigned
            : ManagedIdentityId.FromUserAssignedClientId(clientId));

    private static BlobContainerClient Container(IServiceProvider provider, string name) => provider
        .GetRequiredService<BlobServiceClient>()
        .GetBlobContainerClient(StorageSetup.ContainerName(provider.GetRequiredService<StorageOptions>().Prefix, name));
}
