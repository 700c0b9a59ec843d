#nullable disable

using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs;

public class BlobContainerClient
{
    protected BlobContainerClient()
    {
    }

    public virtual Task<Response<BlobContainerInfo>> CreateIfNotExistsAsync(
        PublicAccessType publicAccessType = PublicAccessType.None,
        IDictionary<string, string> metadata = null,
        BlobContainerEncryptionScopeOptions encryptionScopeOptions = null,
        CancellationToken cancellationToken = default) =>
        throw Contract.Only();

    public virtual Task<Response<bool>> DeleteBlobIfExistsAsync(
        string blobName,
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions conditions = null,
        CancellationToken cancellationToken = default) =>
        throw Contract.Only();

    public virtual BlobClient GetBlobClient(string blobName) => throw Contract.Only();

    // older releases have defaults here and newer ones have not: a call that gives all four fits both
    public virtual AsyncPageable<BlobItem> GetBlobsAsync(
        BlobTraits traits, BlobStates states, string prefix, CancellationToken cancellationToken) =>
        throw Contract.Only();
}
