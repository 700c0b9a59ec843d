#nullable disable

using Azure.Core;

namespace Azure.Storage.Blobs;

public class BlobServiceClient
{
    protected BlobServiceClient()
    {
    }

    public BlobServiceClient(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
    }

    public BlobServiceClient(Uri serviceUri, TokenCredential credential, BlobClientOptions options = null)
    {
        ArgumentNullException.ThrowIfNull(serviceUri);
        ArgumentNullException.ThrowIfNull(credential);
    }

    public virtual BlobContainerClient GetBlobContainerClient(string blobContainerName) => new SignatureOnlyContainer();

    private sealed class SignatureOnlyContainer : BlobContainerClient;
}

public class BlobClientOptions : ClientOptions;
