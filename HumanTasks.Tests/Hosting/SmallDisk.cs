using System.Diagnostics;

namespace HumanTasks.Tests.Hosting;

/// <summary>A file system in memory with little room.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Missing = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("humantasks-disk-").FullName;
        try
        {
            if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder) != 0)
            {
                return "A small file system cannot be mounted here: that needs root.";
            }

            Run("umount", folder);
            return null;
        }
        finally
        {
            Directory.Delete(folder);
        }
    });

    private readonly string folder;

    public SmallDisk(string folder, int megabytes)
    {
        this.folder = folder;
        Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=700", "tmpfs", folder));
    }

    public static string? SkipReason => OperatingSystem.IsLinux() ? Missing.Value : "Needs Linux.";

    private string Filler => Path.Combine(folder, "filler");

    public void Fill()
    {
        using var file = File.Create(Filler);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            // full
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", folder);

    private static int Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
