using System.Globalization;

namespace HumanTasks.Bench.Reports;

/// <summary>Writes the report as tables for the README.</summary>
internal static class Markdown
{
    private const double Mebi = 1024 * 1024;

    public static string Of(Report report)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"{report.Machine}.\n");
        Figures(text, report);

        if (report.Cycles.Count > 0 || report.Pending.Count > 0)
        {
            text.WriteLine();
            Loads(text, report);
        }

        if (report.Cycles.Count > 0)
        {
            text.WriteLine();
            Threads(text, report.Cycles[^1]);
        }

        if (report.Reads.Count > 0)
        {
            text.WriteLine();
            Requests(text, $"beside {Bench.ManyClients} writers", report.Reads);
        }

        if (report.Lists is { } lists)
        {
            text.WriteLine();
            Lists(text, lists);
        }

        if (report.Others.Count > 0)
        {
            text.WriteLine();
            Others(text, report.Others);
        }

        return text.ToString();
    }

    private static void Others(StringWriter text, IReadOnlyList<OthersFigures> others)
    {
        text.WriteLine("| beside | runs p50 | p99 | runs with a call p50 | p99 | answers p50 | p99 | memory, peak | threads |");
        text.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");

        foreach (var beside in others)
        {
            text.WriteLine($"| {beside.Beside} | {Both(beside.Runs)} | {Both(beside.Calls)} | {Both(beside.Answers)} "
                + $"| {Size(beside.Peak)} | {beside.Threads} |");
        }

        static string Both(RequestFigures times) => FormattableString.Invariant($"{times.P50:0.0} ms | {times.P99:0.0} ms");
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
            Row(text, "Start to first create, existing data folder", $"{start.FirstCreate:0} ms", "");
            if (start.Run is { } run)
            {
                Row(text, "`dotnet run` of a built checkout to first answer", $"{run:0} ms", "");
            }

            Row(text, "Memory once it has answered (RSS)", Size(start.Resident), "");

            string OfBareStart(double time) => $"{time / start.Bare:0.0} x bare ASP.NET Core ({start.Bare:0} ms)";
        }

        foreach (var pending in report.Pending)
        {
            Pending(text, pending);
        }

        if (report.Lists is { } lists)
        {
            Row(text, $"Search index of {lists.Tasks:N0} tasks follows within", $"{lists.SecondsToFollow:0} s", "of the last of them");
        }

        if (report.Page is { } page)
        {
            Row(text, $"{page.Name}, processor time", $"{page.ProcessorTime:0.00} ms", $"p50 {page.P50:0.00} ms, p99 {page.P99:0.00} ms");
        }

        if (report.Expiry is { } expiry)
        {
            Row(text, $"{expiry.Links:N0} links expire within", $"{expiry.Seconds:0.0} s",
                $"{expiry.Cycles.Clients} clients then: {expiry.Cycles.CyclesPerSecond:N0} cycles/s, "
                + $"create p99 {expiry.Cycles.CreateP99:0.0} ms, submit to completed p99 {expiry.Cycles.SubmitToCompletedP99:0.0} ms");
        }
    }

    private static void Threads(StringWriter text, LoadFigures load)
    {
        text.WriteLine($"| threads of the host, {load.Clients} clients | user | kernel |\n|---|---:|---:|");

        foreach (var thread in load.Threads.Where(thread => thread.User + thread.Kernel >= load.HostProcessorTime / 100))
        {
            text.WriteLine($"| {thread.Name} | {thread.User:0.000} ms | {thread.Kernel:0.000} ms |");
        }
    }

    private static void Requests(StringWriter text, string beside, IReadOnlyList<RequestFigures> requests)
    {
        text.WriteLine($"| request, {beside} | p50 | p99 |\n|---|---:|---:|");

        foreach (var request in requests)
        {
            text.WriteLine($"| {request.Name} | {request.P50:0.00} ms | {request.P99:0.00} ms |");
        }
    }

    private static void Lists(StringWriter text, ListFigures lists)
    {
        text.WriteLine($"| list of {lists.Tasks:N0} tasks | p50 | p99 | after {lists.PagesBefore} pages p50 | p99 |\n|---|---:|---:|---:|---:|");

        foreach (var (first, deep) in lists.Queries)
        {
            text.WriteLine($"| {first.Name} | {first.P50:0.00} ms | {first.P99:0.00} ms "
                + (deep is null ? "| | |" : $"| {deep.P50:0.00} ms | {deep.P99:0.00} ms |"));
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

        foreach (var pending in report.Pending)
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
