namespace HumanTasks.Standalone.Storage;

/// <summary>The folder that holds all data. One process owns it at a time, by holding the lock file open.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public string Database => DatabaseIn(Path);

    /// <summary>The path of the lock file.</summary>
    public string Lock => LockIn(Path);

    public string Files => System.IO.Path.Combine(Path, "files");

    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>Whether other users of this machine can read the folder, which existed before this host.</summary>
    public bool IsOpenToOthers { get; private init; }

    /// <summary>Returns the path of a data folder's database.</summary>
    public static string DatabaseIn(string folder) => System.IO.Path.Combine(folder, "humantasks.db");

    /// <summary>Creates the folder if it is missing and locks it.</summary>
    /// <exception cref="OperatorException">Another process has locked it, or it cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var file = LockIn(full);
        try
        {
            var isOpen = !Private.CreateFolder(full);
            var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Private.Tighten(full);
            return new DataFolder(full, held) { IsOpenToOthers = isOpen };
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException || (problem is IOException && !File.Exists(file)))
        {
            throw new OperatorException(
                $"The data folder {full} is not writable: {problem.Message} Grant this user write access, or choose "
                + "another folder with HumanTasks__DataFolder.",
                problem);
        }
        catch (IOException problem)
        {
            throw new OperatorException(
                $"The data folder {full} is in use by another HumanTasks process (it holds {file}), or cannot be written. "
                + "Stop that process, or give this one a data folder of its own with HumanTasks__DataFolder.",
                problem);
        }
    }

    public void Dispose() => held.Dispose();

    private static string LockIn(string folder) => System.IO.Path.Combine(folder, "humantasks.lock");
}
