using System.Runtime.InteropServices;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// Files and folders for their owner only: 0600 and 0700. On Windows the folder's own permissions apply.
/// </summary>
internal static partial class Private
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes this process create only private files, also through SQLite and data protection.</summary>
    public static void ByDefault()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = UMask((uint)Others);
        }
    }

    /// <summary>Creates a folder if it is missing; returns false when others can read an existing one.</summary>
    public static bool CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return true;
        }

        Directory.CreateDirectory(path, Folder);
        return (System.IO.File.GetUnixFileMode(path) & Others) == 0;
    }

    /// <summary>Removes other users' permissions from what earlier releases created below a folder.</summary>
    public static void Tighten(string root)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (entry.LinkTarget is null && (entry.UnixFileMode & Others) != 0)
            {
                entry.UnixFileMode = entry is DirectoryInfo ? Folder : File;
            }
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint UMask(uint mask);
}
