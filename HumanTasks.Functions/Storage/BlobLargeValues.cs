using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace HumanTasks.Functions.Storage;

/// <summary>Large values as blobs.</summary>
internal sealed class BlobLargeValues(BlobContainerClient container) : ILargeValues
{
    public Task PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) =>
        container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(value), overwrite: true, cancellationToken);

    public async Task<ReadOnlyMemory<byte>> GetAsync(string name, CancellationToken cancellationToken)
    {
        var blob = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
        return blob.Value.Content.ToMemory();
    }

    public async Task DeleteAllAsync(string prefix, CancellationToken cancellationToken)
    {
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }
}
