using System.Globalization;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Hosts;

/// <summary>The processor time of a process by thread name, as Linux counts it; empty elsewhere.</summary>
internal sealed class ThreadTimes
{
    private const double TicksPerSecond = 100;

    private readonly Dictionary<int, (string Name, long User, long Kernel)> _threads = [];

    public static ThreadTimes Of(int processId)
    {
        var times = new ThreadTimes();
        var folder = $"/proc/{processId}/task";

        if (Directory.Exists(folder))
        {
            foreach (var thread in Directory.EnumerateDirectories(folder))
            {
                times.Add(thread);
            }
        }

        return times;
    }

    /// <summary>
    /// Returns the time used since an earlier reading, divided by the number of cycles, the largest first.
    /// </summary>
    public IReadOnlyList<ThreadTime> Since(ThreadTimes before, int cycles) =>
    [
        .. _threads
            .Select(thread =>
            {
                var (_, user, kernel) = before._threads.GetValueOrDefault(thread.Key);
                return (thread.Value.Name, User: thread.Value.User - user, Kernel: thread.Value.Kernel - kernel);
            })
            .GroupBy(
                thread => thread.Name,
                (name, of) => new ThreadTime(
                    name,
                    of.Sum(thread => thread.User) / TicksPerSecond * 1000 / int.Max(cycles, 1),
                    of.Sum(thread => thread.Kernel) / TicksPerSecond * 1000 / int.Max(cycles, 1)))
            .OrderByDescending(time => time.User + time.Kernel),
    ];

    private void Add(string thread)
    {
        try
        {
            // "id (name) state …": the name may contain anything, so the fields are counted from the end
            var line = File.ReadAllText(Path.Combine(thread, "stat"));
            var name = line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..line.LastIndexOf(')')];
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            _threads[int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture)] = (
                name, long.Parse(fields[11], CultureInfo.InvariantCulture), long.Parse(fields[12], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It has ended since.
        }
    }
}
