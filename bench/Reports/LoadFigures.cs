using HumanTasks.Bench.Load;

namespace HumanTasks.Bench.Reports;

/// <summary>The figures of one load. Times are in milliseconds, also the processor time of each cycle.</summary>
internal sealed record LoadFigures(
    int Clients,
    double CyclesPerSecond,
    double CreateP50,
    double CreateP99,
    double SubmitToCompletedP50,
    double SubmitToCompletedP99,
    double HostProcessorTime,
    double GeneratorProcessorTime,
    IReadOnlyList<ThreadTime> Threads)
{
    public static LoadFigures Of(int clients, CrowdResult result, TimeSpan hostTime, TimeSpan ownTime, Func<int, IReadOnlyList<ThreadTime>> threads)
    {
        var create = new Percentiles(result.Times.Select(time => time.Create));
        var submit = new Percentiles(result.Times.Select(time => time.SubmitToCompleted));
        var cycles = int.Max(result.Times.Count, 1);

        return new LoadFigures(
            clients,
            result.InTime / result.Window.TotalSeconds,
            create.At(50),
            create.At(99),
            submit.At(50),
            submit.At(99),
            hostTime.TotalMilliseconds / cycles,
            ownTime.TotalMilliseconds / cycles,
            threads(cycles));
    }
}
