using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Tests.Storage;

public sealed class FolderFiles : FileStoreContract
{
    private readonly string root =
        Path.Combine(Path.GetTempPath(), $"humantasks-{Ids.New(TimeProvider.System.GetUtcNow())}");

    protected override Task<IFileStore> OpenAsync() => Task.FromResult<IFileStore>(new FolderFileStore(root));

    protected override Task CloseAsync()
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_run_whose_files_are_deleted_leaves_no_file_behind()
    {
        var key = NewKey();
        await SaveAsync(key, "hello");
        Assert.Single(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories));

        await Files.DeleteOfRunAsync(key.TaskId[..Ids.Length], None);

        Assert.Empty(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_open_file_can_be_read_to_its_end_while_it_is_deleted()
    {
        var key = NewKey();
        await SaveAsync(key, "hello");
        await using var stream = await Files.OpenAsync(key, None);

        await Files.DeleteAsync(key, None);

        using var reader = new StreamReader(stream!);
        Assert.Equal("hello", await reader.ReadToEndAsync());
    }
}
