using System.Diagnostics;
using System.Globalization;

namespace HumanTasks.Bench.Hosts;

/// <summary>The resident bytes of a process, now and at their peak.</summary>
internal sealed record ProcessMemory(long Resident, long Peak)
{
    public static ProcessMemory Of(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            process.Refresh();
            return new ProcessMemory(process.WorkingSet64, process.PeakWorkingSet64);
        }

        var lines = File.ReadAllLines($"/proc/{process.Id}/status");
        return new ProcessMemory(Bytes(lines, "VmRSS:"), Bytes(lines, "VmHWM:"));
    }

    private static long Bytes(string[] lines, string name)
    {
        var line = lines.First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
