using System.Diagnostics;
using System.Globalization;
using HumanTasks.Standalone.Storage;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;
using Xunit.Abstractions;

namespace HumanTasks.Tests.Crash;

/// <summary>
/// The real host, killed again and again in the middle of its work. What it acknowledged is there, what it did not
/// acknowledge is there as a whole or not at all, and nothing happens twice. HUMANTASKS_CRASH_SEED repeats a seed.
/// </summary>
public sealed class CrashingUnderLoad(ITestOutputHelper output)
{
    private const int Kills = 5;
    private const int Clients = 8;
    private const string RuleSet = "crash";

    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(2);

    private readonly Ledger ledger = new();

    [OwnHostFact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_half_done_or_done_twice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HUMANTASKS_CRASH_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"HUMANTASKS_CRASH_SEED={seed.ToString(CultureInfo.InvariantCulture)}");
        var chance = new Random(seed);
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        await LoadClient.SaveAsync(api, RuleSet);

        for (var kill = 0; kill < Kills; kill++)
        {
            await CrashAsync(host, api, anybody, chance);
        }

        var verified = Stopwatch.GetTimestamp();
        await new Verification(api, anybody, ledger, RuleSet).RunAsync(chance);
        output.WriteLine($"{ledger.Cases.Count} cases, verified in {Stopwatch.GetElapsedTime(verified)}");
        Assert.Equal(0, await host.StopAsync());
        Assert.Equal("ok", Integrity(host.DataFolder));
    }

    /// <summary>Load until the kill; then a new start, and every client repeats what it may.</summary>
    private async Task CrashAsync(HostProcess host, ApiClient api, ApiClient anybody, Random chance)
    {
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients)
            .Select(_ => new LoadClient(api, anybody, ledger, RuleSet, new Random(chance.Next())))
            .ToArray();
        var work = clients.Select(client => Task.Run(() => client.WorkAsync(stop.Token))).ToArray();

        await GrowAsync(chance.Next(20, 400));
        await host.KillAsync();
        await stop.CancelAsync();
        var lost = await Task.WhenAll(work);
        var started = Stopwatch.GetTimestamp();
        await host.StartAsync();
        output.WriteLine(
            $"killed after {ledger.Cases.Count} cases, {lost.Count(each => each is not null)} without an answer; ready again after {Stopwatch.GetElapsedTime(started)}");

        await Task.WhenAll(clients.Zip(lost, (client, each) => each is null ? Task.CompletedTask : client.RepeatAsync(each)));
    }

    /// <summary>Comes back in the middle of the work: after so many more cases, or after some time on a busy machine.</summary>
    private async Task GrowAsync(int more)
    {
        var started = Stopwatch.GetTimestamp();
        for (var enough = ledger.Cases.Count + more; ledger.Cases.Count < enough && Stopwatch.GetElapsedTime(started) < LongestLoad;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }

    private static string Integrity(string dataFolder)
    {
        using var connection = Connection.OpenToRead(Path.Combine(dataFolder, "humantasks.db"));
        using var check = connection.Prepare("PRAGMA integrity_check");
        return check.Step() ? check.Text(0) : "nothing";
    }
}
