namespace HumanTasks.Standalone.Storage;

/// <summary>The folder in which everything is kept. One process has it at a time: it holds the lock file open.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "humantasks.db");

    public string Files => System.IO.Path.Combine(Path, "files");

    /// <summary>Creates the folder if need be and takes it; an exception says so when another process has it.</summary>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        CreatePrivate(full);
        var file = System.IO.Path.Combine(full, "humantasks.lock");
        try
        {
            return new DataFolder(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem)
        {
            throw new InvalidOperationException(
                $"The data folder {full} is in use by another HumanTasks process (it holds {file}). " +
                "Stop that process, or give this one a data folder of its own.",
                problem);
        }
    }

    public void Dispose() => held.Dispose();

    // settings, database and uploads are for their owner only
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
