namespace HumanTasks.Standalone.Storage;

/// <summary>Copies folders with their content, but never what a symbolic link leads to.</summary>
internal static class FolderCopy
{
    /// <exception cref="OperatorException">The folder contains a symbolic link at some level.</exception>
    public static void RefuseLinks(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        // the enumeration does not follow links to folders
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", options))
        {
            if (entry.LinkTarget is not null)
            {
                throw new OperatorException(
                    $"{entry.FullName} is a symbolic link, and backups contain only files and folders. Nothing was restored. Check who can write to the backup.");
            }
        }
    }

    /// <summary>Copies the content for its owner only; skips files that are still being written, and links.</summary>
    public static void Make(string from, string to, string? except = null)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        Private.CreateFolder(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is null))
        {
            var target = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo)
            {
                Make(entry.FullName, target);
            }
            else if (!entry.Name.EndsWith(".part", StringComparison.Ordinal) && entry.Name != except)
            {
                Copy(entry.FullName, target);
            }
        }
    }

    private static void Copy(string from, string to)
    {
        try
        {
            if (new FileInfo(from).Length == 0)
            {
                File.Create(to).Dispose(); // not read: it may be a pipe, and reading a pipe waits for its writer
                return;
            }

            File.Copy(from, to, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // its run was deleted meanwhile; the copied database will delete that run as well
        }
    }
}
