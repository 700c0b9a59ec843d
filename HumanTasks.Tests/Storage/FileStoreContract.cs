using System.Text;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

/// <summary>What every <see cref="IFileStore"/> does.</summary>
public abstract class FileStoreContract : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected IFileStore Files { get; private set; } = null!;

    protected abstract Task<IFileStore> OpenAsync();

    protected abstract Task CloseAsync();

    public async Task InitializeAsync() => Files = await OpenAsync();

    public Task DisposeAsync() => CloseAsync();

    [Fact]
    public async Task A_file_comes_back_as_it_was_stored()
    {
        var key = NewKey();

        var stored = await SaveAsync(key, "hello");

        Assert.Equal(5, stored.Size);
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", stored.Sha256);
        Assert.Equal("hello", await ReadAsync(key));
    }

    [Fact]
    public async Task A_large_file_comes_back_as_it_was_stored()
    {
        var key = NewKey();
        var bytes = new byte[1_000_003];
        new Random(7).NextBytes(bytes);

        Assert.Equal(bytes.Length, (await Files.SaveAsync(key, new MemoryStream(bytes), None)).Size);

        await using var stream = await Files.OpenAsync(key, None);
        using var read = new MemoryStream();
        await stream!.CopyToAsync(read);
        Assert.Equal(bytes, read.ToArray());
    }

    [Fact]
    public async Task A_file_belongs_to_its_task()
    {
        var key = NewKey();
        await SaveAsync(key, "hello");

        Assert.Null(await ReadAsync(key with { TaskId = key.TaskId + "2" }));
        Assert.Null(await ReadAsync(NewKey() with { FileId = key.FileId }));
    }

    [Fact]
    public async Task A_stream_that_breaks_leaves_nothing()
    {
        var key = NewKey();

        await Assert.ThrowsAsync<IOException>(() => Files.SaveAsync(key, new BreakingStream(), None));

        Assert.Null(await ReadAsync(key));
    }

    [Fact]
    public async Task A_deleted_file_is_gone()
    {
        var key = NewKey();
        await SaveAsync(key, "hello");

        await Files.DeleteAsync(key, None);
        await Files.DeleteAsync(key, None);

        Assert.Null(await ReadAsync(key));
    }

    [Fact]
    public async Task The_files_of_a_run_go_with_it()
    {
        var runId = Ids.New(Sample.Start);
        var (one, other) = (NewKey(runId, "ask"), NewKey(runId, "again"));
        var foreign = NewKey();
        await SaveAsync(one, "1");
        await SaveAsync(other, "2");
        await SaveAsync(foreign, "3");

        await Files.DeleteOfRunAsync(runId, None);
        await Files.DeleteOfRunAsync(runId, None);

        Assert.Null(await ReadAsync(one));
        Assert.Null(await ReadAsync(other));
        Assert.Equal("3", await ReadAsync(foreign));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    public async Task What_is_no_id_is_no_file(string text)
    {
        var key = NewKey();
        await SaveAsync(key, "hello");

        Assert.Null(await ReadAsync(key with { FileId = text }));
        Assert.Null(await ReadAsync(key with { TaskId = text }));
        await Files.DeleteAsync(key with { FileId = text }, None);
        await Files.DeleteOfRunAsync(text, None);
        await Assert.ThrowsAsync<ArgumentException>(() => SaveAsync(key with { FileId = text }, "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => SaveAsync(key with { TaskId = text }, "x"));
        Assert.Equal("hello", await ReadAsync(key));
    }

    protected static FileKey NewKey(string? runId = null, string action = "ask") =>
        new(HumanTask.IdOf(runId ?? Ids.New(Sample.Start), action), Ids.New(Sample.Start));

    protected Task<StoredFile> SaveAsync(FileKey key, string text) =>
        Files.SaveAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(text)), None);

    protected async Task<string?> ReadAsync(FileKey key)
    {
        await using var stream = await Files.OpenAsync(key, None);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private sealed class BreakingStream : MemoryStream
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            reads++ < 3 ? ValueTask.FromResult(100) : throw new IOException("The line went dead.");
    }
}
