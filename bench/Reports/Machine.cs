using System.Runtime.InteropServices;
using HumanTasks.Bench.Hosts;

namespace HumanTasks.Bench.Reports;

internal sealed record Machine(
    int Cores, long Memory, string Runtime, string System, string FileSystem, bool ReadyToRun)
{
    public static Machine Here(string dataFolder, string hostAssembly) => new(
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        FileSystemOf(dataFolder),
        HostBuild.IsReadyToRun(hostAssembly));

    public override string ToString() =>
        $"{Cores} cores shared by host and load generator, {Memory / (1 << 30)} GiB, {FileSystem}, "
        + $"{Runtime}, {System}; host {(ReadyToRun ? "compiled ahead of time (ReadyToRun)" : "without ReadyToRun")}";

    private static string FileSystemOf(string folder) => DriveInfo.GetDrives()
        .Where(drive => folder.StartsWith(drive.RootDirectory.FullName, StringComparison.Ordinal))
        .OrderByDescending(drive => drive.RootDirectory.FullName.Length)
        .FirstOrDefault()?.DriveFormat ?? "unknown file system";
}
