using HumanTasks.Core;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Tests.Storage;

/// <summary>SQLite stores in a folder of their own that is removed afterwards.</summary>
internal sealed class SqliteStores : IDisposable
{
    private DataFolder folder;
    private Database database;

    public SqliteStores()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"humantasks-{Ids.New(TimeProvider.System.GetUtcNow())}");
        (folder, database) = Open();
        Runs = new SqliteRunStore(database, Storages.Damaged());
    }

    public string Path { get; }

    public Database Database => database;

    public SqliteRunStore Runs { get; private set; }

    public Stores All => new(Runs, new SqliteRuleSetStore(database), new SqliteIdempotencyStore(database), new SqliteDocumentStore(database));

    public void Reopen()
    {
        Close();
        (folder, database) = Open();
        Runs = new SqliteRunStore(database, Storages.Damaged());
    }

    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(Path, recursive: true);
    }

    private (DataFolder Folder, Database Database) Open()
    {
        var opened = DataFolder.Open(Path);
        return (opened, Database.Open(opened, Storages.State()));
    }
}
