using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Uploads as blobs, <c>[run id]/[id]</c>. A blob exists whole or not at all. Its name consists of validated IDs and is
/// derived from task and file: a file of one task cannot be found through another.
/// </summary>
internal sealed class BlobFileStore(BlobContainerClient container) : IFileStore
{
    private const int NotFound = 404;

    public async Task<StoredFile> SaveAsync(FileKey key, Stream content, CancellationToken cancellationToken)
    {
        var name = NameOf(key) ?? throw new ArgumentException("The key of a file is a task id and an id.", nameof(key));
        await using var hashed = new HashedStream(content);
        await container.GetBlobClient(name).UploadAsync(hashed, overwrite: true, cancellationToken);
        return hashed.Stored();
    }

    public async Task<Stream?> OpenAsync(FileKey key, CancellationToken cancellationToken)
    {
        if (NameOf(key) is not { } name)
        {
            return null;
        }

        try
        {
            var blob = await container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancellationToken);
            return blob.Value.Content;
        }
        catch (RequestFailedException failure) when (failure.Status == NotFound)
        {
            return null;
        }
    }

    public Task DeleteAsync(FileKey key, CancellationToken cancellationToken) =>
        NameOf(key) is { } name
            ? container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken)
            : Task.CompletedTask;

    public async Task DeleteOfRunAsync(string runId, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(runId))
        {
            return;
        }

        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{runId}/", cancellationToken))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }

    private static string? NameOf(FileKey key) =>
        HumanTask.RunIdOf(key.TaskId) is { } runId && Ids.IsId(key.FileId)
            ? $"{runId}/{Ids.Derive(key.FileId, key.TaskId)}"
            : null;

    /// <summary>
    /// A stream that hashes what is read through it. It can be read once, so the client cannot read it twice.
    /// </summary>
    private sealed class HashedStream(Stream content) : Stream
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long size;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public StoredFile Stored() => new(size, Convert.ToHexStringLower(hash.GetHashAndReset()));

        public override int Read(byte[] buffer, int offset, int count) =>
            Count(buffer.AsSpan(offset, content.Read(buffer, offset, count)));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await content.ReadAsync(buffer, cancellationToken);
            return Count(buffer.Span[..read]);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            hash.Dispose();
            base.Dispose(disposing);
        }

        private int Count(ReadOnlySpan<byte> read)
        {
            hash.AppendData(read);
            size += read.Length;
            return read.Length;
        }
    }
}
