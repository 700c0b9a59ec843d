using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone.Start;

/// <summary>The restore of a backup into a data folder. A failed restore leaves nothing behind.</summary>
internal static class Restoring
{
    private const string Unfinished = ".restoring";

    public static void Into(string folder, string source, string manifest)
    {
        var wasThere = Directory.Exists(folder);
        FolderCopy.RefuseLinks(folder);
        var before = wasThere ? Directory.EnumerateFileSystemEntries(folder).ToHashSet(StringComparer.Ordinal) : [];
        Exception problem;
        using (var taken = DataFolder.Open(folder))
        {
            try
            {
                Fill(taken, source, manifest);
                return;
            }
            catch (Exception fault)
            {
                problem = fault;
                Undo(folder, before, except: taken.Lock);
            }
        }

        // the lock file goes last, once nobody holds it
        Undo(folder, before, except: null);
        if (!wasThere)
        {
            Directory.Delete(folder);
        }

        throw problem is IOException or UnauthorizedAccessException
            ? new OperatorException($"Couldn't restore the backup {source} into {folder}. Nothing was left there. {problem.Message}", problem)
            : problem;
    }

    private static void Fill(DataFolder taken, string source, string manifest)
    {
        var staged = Path.Combine(taken.Path, Unfinished);
        Forget(staged); // left by an interrupted restore
        FolderCopy.Make(source, staged, except: manifest);
        Private.Tighten(staged);
        var database = Path.GetFileName(taken.Database);
        foreach (var entry in new DirectoryInfo(staged).EnumerateFileSystemInfos().OrderBy(entry => entry.Name == database))
        {
            Move(entry, Path.Combine(taken.Path, entry.Name));
        }

        Directory.Delete(staged);
    }

    private static void Move(FileSystemInfo entry, string target)
    {
        if (entry is not DirectoryInfo)
        {
            File.Move(entry.FullName, target, overwrite: true);
        }
        else if (!Directory.Exists(target))
        {
            Directory.Move(entry.FullName, target);
        }
        else
        {
            foreach (var below in ((DirectoryInfo)entry).EnumerateFileSystemInfos())
            {
                Move(below, Path.Combine(target, below.Name));
            }

            Directory.Delete(entry.FullName);
        }
    }

    /// <summary>Deletes what was not there before the restore.</summary>
    private static void Undo(string folder, HashSet<string> before, string? except)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Where(entry => !before.Contains(entry) && entry != except))
        {
            Forget(entry);
        }
    }

    private static void Forget(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
