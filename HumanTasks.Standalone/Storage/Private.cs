using System.Runtime.InteropServices;

namespace HumanTasks.Standalone.Storage;

/// <summary>Files and folders for their owner only: 0600 and 0700. On Windows a folder's own rights are what counts.</summary>
internal static partial class Private
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Lets this process make nothing that others can read, also through SQLite and data protection.</summary>
    public static void ByDefault()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = UMask((uint)Others);
        }
    }

    /// <summary>Creates a folder that is not there yet; answers false when others can look into one that is.</summary>
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

    /// <summary>Takes away the rights that others have to what earlier releases made in a folder of ours.</summary>
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
