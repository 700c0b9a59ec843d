using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Storage;
using Moq;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>The blob adapter over a container in memory.</summary>
public sealed class BlobFiles : FileStoreContract
{
    private readonly MemoryContainer container = new();

    protected override Task<IFileStore> OpenAsync() => Task.FromResult<IFileStore>(new BlobFileStore(container));

    protected override Task CloseAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_blob_is_named_by_ids_under_its_run()
    {
        var key = NewKey();
        await SaveAsync(key, "hello");

        var name = Assert.Single(container.Blobs.Keys);
        Assert.StartsWith($"{key.TaskId[..Ids.Length]}/", name, StringComparison.Ordinal);
        Assert.DoesNotContain(key.FileId, name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_refuses_is_not_a_file_that_is_missing()
    {
        container.Status = 403;

        await Assert.ThrowsAsync<RequestFailedException>(() => Files.OpenAsync(NewKey(), None));
    }

    [Fact]
    public async Task Large_values_are_written_read_and_deleted_by_prefix()
    {
        var values = new BlobLargeValues(container);
        await values.PutAsync("a/1", new byte[] { 1 }, None);
        await values.PutAsync("a/2", new byte[] { 2 }, None);
        await values.PutAsync("b/1", new byte[] { 3 }, None);

        await values.DeleteAllAsync("a/", None);

        Assert.Equal([3], (await values.GetAsync("b/1", None)).ToArray());
        await Assert.ThrowsAsync<RequestFailedException>(() => values.GetAsync("a/1", None));
    }

    private sealed class MemoryContainer : BlobContainerClient
    {
        public Dictionary<string, byte[]> Blobs { get; } = [];

        public int Status { get; set; } = 404;

        public override BlobClient GetBlobClient(string blobName) => new MemoryBlob(this, blobName);

        public override Task<Response<bool>> DeleteBlobIfExistsAsync(
            string blobName,
            DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
            BlobRequestConditions? conditions = null,
            CancellationToken cancellationToken = default) =>
            Task.FromResult(Response.FromValue(Blobs.Remove(blobName), Mock.Of<Response>()));

        public override AsyncPageable<BlobItem> GetBlobsAsync(
            BlobTraits traits, BlobStates states, string? prefix, CancellationToken cancellationToken) =>
            AsyncPageable<BlobItem>.FromPages(Blobs.Keys
                .Where(name => name.StartsWith(prefix ?? "", StringComparison.Ordinal))
                .Order()
                .Select(name => Azure.Page<BlobItem>.FromValues([BlobsModelFactory.BlobItem(name)], null, Mock.Of<Response>()))
                .ToList());
    }

    private sealed class MemoryBlob(MemoryContainer container, string name) : BlobClient
    {
        public override async Task<Response<BlobContentInfo>> UploadAsync(
            Stream content, bool overwrite = false, CancellationToken cancellationToken = default)
        {
            Assert.True(overwrite);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken);
            container.Blobs[name] = copy.ToArray();
            return null!;
        }

        public override async Task<Response<BlobContentInfo>> UploadAsync(
            BinaryData content, bool overwrite = false, CancellationToken cancellationToken = default)
        {
            container.Blobs[name] = content.ToArray();
            return await Task.FromResult<Response<BlobContentInfo>>(null!);
        }

        public override Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
            BlobDownloadOptions? options = null, CancellationToken cancellationToken = default) =>
            container.Blobs.TryGetValue(name, out var bytes)
                ? Task.FromResult(Response.FromValue(
                    BlobsModelFactory.BlobDownloadStreamingResult(content: new MemoryStream(bytes)), Mock.Of<Response>()))
                : throw new RequestFailedException(container.Status, "Not there.");

        public override Task<Response<BlobDownloadResult>> DownloadContentAsync(CancellationToken cancellationToken) =>
            container.Blobs.TryGetValue(name, out var bytes)
                ? Task.FromResult(Response.FromValue(
                    BlobsModelFactory.BlobDownloadResult(content: BinaryData.FromBytes(bytes)), Mock.Of<Response>()))
                : throw new RequestFailedException(container.Status, "Not there.");
    }
}
