using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace HumanTasks.Functions.Storage;

/// <summary>Creates the clients of the storage account, with bounded retries and translated refusals.</summary>
internal static class StorageClients
{
    private static readonly TimeSpan TableTimeout = TimeSpan.FromSeconds(8);

    // a blob request may carry a whole upload
    private static readonly TimeSpan BlobTimeout = TimeSpan.FromSeconds(15);

    public static TableServiceClient Tables(StorageOptions options, StorageRefusals refusals, TimeProvider time) =>
        Tables(options, TableOptions(refusals, time));

    public static TableServiceClient Tables(StorageOptions options, TableClientOptions client) =>
        options.ConnectionString is { Length: > 0 } text
            ? new TableServiceClient(text, client)
            : new TableServiceClient(options.Endpoint("table"), AzureStorage.Identity(options.ClientId), client);

    public static BlobServiceClient Blobs(StorageOptions options, StorageRefusals refusals, TimeProvider time) =>
        Blobs(options, BlobOptions(refusals, time));

    public static BlobServiceClient Blobs(StorageOptions options, BlobClientOptions client) =>
        options.ConnectionString is { Length: > 0 } text
            ? new BlobServiceClient(text, client)
            : new BlobServiceClient(options.Endpoint("blob"), AzureStorage.Identity(options.ClientId), client);

    internal static TableClientOptions TableOptions(StorageRefusals refusals, TimeProvider time) =>
        Bounded(new TableClientOptions(), TableTimeout, refusals, time);

    internal static BlobClientOptions BlobOptions(StorageRefusals refusals, TimeProvider time) =>
        Bounded(new BlobClientOptions(), BlobTimeout, refusals, time);

    private static T Bounded<T>(T options, TimeSpan timeout, StorageRefusals refusals, TimeProvider time)
        where T : ClientOptions
    {
        options.Retry.NetworkTimeout = timeout;
        options.RetryPolicy = new BoundedRetries(time);
        options.AddPolicy(new RefusalPolicy(refusals, time), HttpPipelinePosition.PerCall);
        return options;
    }
}
