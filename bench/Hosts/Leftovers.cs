using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HumanTasks.Bench.Hosts;

/// <summary>Child processes and folders that must be removed however the benchmark ends.</summary>
internal static class Leftovers
{
    private static readonly Lock Lock = new();
    private static readonly List<Process> Processes = [];
    private static readonly List<string> Folders = [];
    private static readonly List<PosixSignalRegistration> Signals = [];

    public static void ClearAtExit()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Clear();
        Signals.AddRange(new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => Environment.Exit(130))));
    }

    public static void Add(Process process)
    {
        lock (Lock)
        {
            Processes.Add(process);
        }
    }

    public static void Add(string folder)
    {
        lock (Lock)
        {
            Folders.Add(folder);
        }
    }

    public static void Remove(Process process)
    {
        lock (Lock)
        {
            Processes.Remove(process);
            Kill(process);
        }
    }

    private static void Clear()
    {
        lock (Lock)
        {
            Processes.ForEach(Kill);
            Processes.Clear();

            foreach (var folder in Folders.Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
    }
}
