using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Reports;
using HumanTasks.Bench.Scenarios;

namespace HumanTasks.Bench;

/// <summary>Runs the chosen scenarios and their baselines, one after another.</summary>
internal static class Measurement
{
    public static async Task<int> RunAsync(Options options, TextWriter output, TextWriter progress)
    {
        Directory.CreateDirectory(options.Data);
        var folder = Path.Combine(options.Data, $"humantasks-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        Leftovers.Add(folder);

        var assembly = options.Host ?? await HostBuild.PublishAsync(Path.Combine(folder, "host"), progress);
        var bench = new Bench(options, HostCommand.Of(assembly, options.Environment), folder, progress);
        var report = new Report(Machine.Here(folder, assembly), FsyncBaseline.Measure(folder));

        try
        {
            await MeasureAsync(bench, report);
        }
        catch (Exception failure)
        {
            bench.Failures.Add(failure.Message);
        }

        report.Errors = bench.Failures.Count;
        await output.WriteAsync(Markdown.Of(report));

        if (options.Json is { } file)
        {
            await File.WriteAllTextAsync(file, report.ToJson());
        }

        foreach (var failure in bench.Failures.First)
        {
            await progress.WriteLineAsync(failure);
        }

        await progress.WriteLineAsync($"{bench.Failures.Count} errors");
        return bench.Failures.Count == 0 ? 0 : 1;
    }

    private static async Task MeasureAsync(Bench bench, Report report)
    {
        var scenarios = bench.Options.Scenarios;
        var baselines = new SortedSet<int>();

        if (scenarios.Contains("start"))
        {
            report.Start = await Starts.MeasureAsync(bench);
        }

        if (scenarios.Contains("cycles"))
        {
            report.Cycles = await Cycles.OfHostAsync(bench);
            baselines.UnionWith(bench.Options.Clients);
        }

        if (scenarios.Contains("pending"))
        {
            foreach (var count in bench.Options.Pending)
            {
                report.Pending = [.. report.Pending, await PendingRuns.MeasureAsync(bench, count)];
            }

            baselines.Add(Bench.ManyClients);
        }

        if (scenarios.Contains("lists"))
        {
            report.Lists = await Lists.MeasureAsync(bench);
        }

        if (scenarios.Contains("reads"))
        {
            report.Reads = await Reads.MeasureAsync(bench);
        }

        if (scenarios.Contains("expiry"))
        {
            report.Expiry = await Expiry.MeasureAsync(bench);
        }

        if (scenarios.Contains("page"))
        {
            report.Page = await Pages.MeasureAsync(bench);
        }

        if (scenarios.Contains("others"))
        {
            report.Others = await Others.MeasureAsync(bench);
        }

        if (baselines.Count > 0)
        {
            report.Bare = await Cycles.OfBareAsync(bench, baselines);
        }
    }
}
