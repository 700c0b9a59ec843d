namespace HumanTasks.Standalone.Storage;

/// <summary>Copies of folders, of what is in them and of nothing to which a link leads.</summary>
internal static class FolderCopy
{
    /// <exception cref="OperatorException">Somewhere below is a symbolic link.</exception>
    public static void RefuseLinks(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        // the enumeration does not go through links to folders
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", options))
        {
            if (entry.LinkTarget is not null)
            {
                throw new OperatorException(
                    $"{entry.FullName} is a link: a backup holds files and folders only. Nothing was restored. Look at who could write there.");
            }
        }
    }

    /// <summary>What is there, for its owner only; files that are still being written and links are left out.</summary>
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
                File.Create(to).Dispose(); // not read: whoever reads a pipe waits for its writer
                return;
            }

            File.Copy(from, to, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // its run's time was over meanwhile, and the copy of the database will find that out, too
        }
    }
}
