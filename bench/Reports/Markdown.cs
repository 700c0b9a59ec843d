using System.Globalization;

namespace HumanTasks.Bench.Reports;

/// <summary>The report as tables for the README.</summary>
internal static class Markdown
{
    private const double Mebi = 1024 * 1024;

    public static string Of(Report report)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"{report.Machine}.\n");
        Figures(text, report);

        if (report.Cycles.Count > 0 || report.Pending is not null)
        {
            text.WriteLine();
            Loads(text, report);
        }

        return text.ToString();
    }

    private static void Figures(StringWriter text, Report report)
    {
        text.WriteLine("| what | figure | beside |\n|---|---:|---|");
        Row(text, "One fsync of 4 KiB, median", $"{report.Fsync:0.00} ms", "");

        if (report.Start is { } start)
        {
            Row(text, "Start to first answer, new data folder", $"{start.NewFolder:0} ms",
                OfBareStart(start.NewFolder));
            Row(text, "Start to first answer, existing data folder", $"{start.ExistingFolder:0} ms",
                OfBareStart(start.ExistingFolder));
            Row(text, "Memory once it has answered (RSS)", Size(start.Resident), "");

            string OfBareStart(double time) => $"{time / start.Bare:0.0} x bare ASP.NET Core ({start.Bare:0} ms)";
        }

        if (report.Pending is { } pending)
        {
            Pending(text, pending);
        }
    }

    private static void Pending(StringWriter text, PendingFigures pending)
    {
        var each = (pending.ResidentQuiet - pending.ResidentEmpty) / double.Max(pending.Count, 1);
        var many = $"{pending.Count:N0} pending runs";

        Row(text, $"Making {many}, 64 clients", $"{pending.Count / pending.Seconds:N0} /s",
            $"create p50 {pending.CreateP50:0.0} ms, p99 {pending.CreateP99:0.0} ms");
        Row(text, $"Memory with {many} (RSS)", Size(pending.ResidentAfter),
            $"{Size(pending.ResidentQuiet)} after 5 quiet seconds, peak {Size(pending.Peak)}");
        Row(text, "Memory for each of them", $"{each:N0} bytes", $"over {Size(pending.ResidentEmpty)} with none");
        Row(text, "Disk for each of them", $"{pending.BytesEach:N0} bytes", "data folder, host stopped");
        Row(text, $"Restart to first answer with {many}", $"{pending.Restart:0} ms",
            $"{Size(pending.ResidentRestarted)} RSS then, {Size(pending.ResidentSettled)} after 5 quiet seconds, "
            + $"peak {Size(pending.PeakOfCycles)} under the load below");
    }

    private static void Loads(StringWriter text, Report report)
    {
        text.WriteLine("| clients | cycles/s | of bare ASP.NET Core | create p50 | p99 | submit to completed p50 | p99 "
            + "| host CPU per cycle | generator CPU per cycle |");
        text.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");

        foreach (var cycles in report.Cycles)
        {
            Load(text, $"{cycles.Clients}", cycles, report.OfBare(cycles), report.Fsync);
        }

        if (report.Pending is { } pending)
        {
            var name = $"{pending.Cycles.Clients}, beside {pending.Count:N0} pending";
            Load(text, name, pending.Cycles, report.OfBare(pending.Cycles), report.Fsync);
        }

        foreach (var bare in report.Bare)
        {
            Load(text, $"{bare.Clients}, bare ASP.NET Core", bare, null, null);
        }
    }

    private static void Load(StringWriter text, string name, LoadFigures load, double? ofBare, double? fsync)
    {
        var share = ofBare is { } part ? $"{part:P1}" : "";
        text.WriteLine($"| {name} | {load.CyclesPerSecond:N0} | {share} "
            + $"| {Time(load.CreateP50, fsync)} | {Time(load.CreateP99, null)} "
            + $"| {Time(load.SubmitToCompletedP50, fsync)} | {Time(load.SubmitToCompletedP99, null)} "
            + $"| {load.HostProcessorTime:0.00} ms | {load.GeneratorProcessorTime:0.00} ms |");
    }

    private static string Time(double time, double? fsync) =>
        fsync is > 0 and var one ? $"{time:0.00} ms ({time / one:0.0} x fsync)" : $"{time:0.00} ms";

    private static string Size(long bytes) => $"{bytes / Mebi:0} MiB";

    private static void Row(StringWriter text, string what, string figure, string beside) =>
        text.WriteLine($"| {what} | {figure} | {beside} |");
}
