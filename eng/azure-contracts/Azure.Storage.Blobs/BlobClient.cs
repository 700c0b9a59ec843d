#nullable disable

using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Azure.Storage.Blobs
{
    public class BlobClient : BlobBaseClient
    {
        protected BlobClient()
        {
        }

        public virtual Task<Response<BlobContentInfo>> UploadAsync(
            BinaryData content, bool overwrite = false, CancellationToken cancellationToken = default) =>
            throw Contract.Only();

        public virtual Task<Response<BlobContentInfo>> UploadAsync(
            Stream content, bool overwrite = false, CancellationToken cancellationToken = default) =>
            throw Contract.Only();
    }
}

namespace Azure.Storage.Blobs.Specialized
{
    public class BlobBaseClient
    {
        protected BlobBaseClient()
        {
        }

        public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync(CancellationToken cancellationToken) =>
            throw Contract.Only();

        public virtual Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
            BlobDownloadOptions options = null, CancellationToken cancellationToken = default) =>
            throw Contract.Only();
    }
}
