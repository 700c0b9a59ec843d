using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HumanTasks.Bench.Hosts;

internal static partial class Termination
{
    private const int SigTerm = 15;

    /// <summary>Sends SIGTERM; kills the process where there are no signals.</summary>
    public static void Request(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
            return;
        }

        if (Kill(process.Id, SigTerm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
