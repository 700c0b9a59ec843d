using System.Net;
using System.Net.Sockets;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>What an operator can cause ends in one clear line and exit code 1, and what they need is a switch away.</summary>
public sealed partial class OperatingTheHost
{
    [OwnHostFact]
    public async Task A_port_in_use_is_one_line_and_the_key_is_printed_by_the_start_that_listens()
    {
        await using var host = new HostProcess(new HostSettings());
        using (var taken = new TcpListener(IPAddress.Loopback, host.Address.Port))
        {
            taken.Start();
            await EndsWithAsync(host, host.Address.ToString().TrimEnd('/'), "--urls");
            Assert.Equal(0, host.Output.CountOfKeys);
        }

        await host.StartAsync();

        using var api = new ApiClient(host.Address, host.ApiKey);
        (await api.GetAsync("/api/runs")).Is(200);
    }

    [OwnHostFact]
    public async Task A_folder_in_use_is_one_line_with_the_folder()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());

        var (code, said) = await host.RunBesideAsync();

        Assert.Equal(1, code);
        Assert.Contains(host.DataFolder, said, StringComparison.Ordinal);
        Assert.Contains("in use", said, StringComparison.Ordinal);
        IsShort(said);
    }

    [OwnHostTheory]
    [InlineData("", "empty")]
    [InlineData("{\n  \"HumanTasks\": {\n    \"LinkKeys\": [ }\n", "line 3, column 19")]
    [InlineData("[]", "is not a JSON object")]
    public async Task Settings_that_cannot_be_read_are_named_with_the_place(string settings, string named)
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        await host.StopAsync();
        var path = Path.Combine(host.DataFolder, "settings.json");
        await File.WriteAllTextAsync(path, settings);

        await EndsWithAsync(host, path, named);
    }

    [OwnHostFact]
    public async Task A_file_that_is_no_database_is_named()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        await host.StopAsync();
        var path = Path.Combine(host.DataFolder, "humantasks.db");
        await File.WriteAllTextAsync(path, new string('x', 9000));

        await EndsWithAsync(host, path, "not a HumanTasks database");
    }

    [OwnHostFact]
    public async Task Deleted_settings_beside_a_database_are_no_new_installation()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        await host.StopAsync();
        File.Delete(Path.Combine(host.DataFolder, "settings.json"));

        await EndsWithAsync(host, "settings.json", "--new-settings");
        Assert.False(File.Exists(Path.Combine(host.DataFolder, "settings.json")));
    }

    [OwnHostFact]
    public async Task A_data_folder_that_cannot_be_one_is_named()
    {
        await using var host = new HostProcess(new HostSettings());
        await File.WriteAllTextAsync(host.DataFolder, "in the way");

        await EndsWithAsync(host, host.DataFolder, "is not writable");
    }

    [OwnHostFact]
    public async Task A_sample_that_does_not_fit_the_retention_is_left_out_with_a_warning()
    {
        await using var host = await HostProcess.StartNewAsync(
            new HostSettings().With("HumanTasks:Environments:0:RunRetentionHours", "2"));
        using var api = new ApiClient(host.Address, host.ApiKey);

        Assert.Contains("Skipped sample invoice-approval.json", host.Output.Text, StringComparison.Ordinal);
        (await api.GetAsync("/api/rule-sets/invoice-decided")).Is(200);
        (await api.GetAsync("/api/rule-sets/invoice-approval")).Is(404);
    }

    [OwnHostFact]
    public async Task A_start_in_production_without_a_mail_server_says_so()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings { Development = false });

        await host.Output.ContainsAsync("HumanTasks:Smtp:Host");
    }

    [OwnHostFact]
    public async Task A_run_that_meets_an_unexpected_error_ends_failed_and_can_be_retried_and_cancelled()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        var asked = Steps.Asked((await api.PostAsync(
            "/api/interventions",
            $$"""
            {
              "title": "Look", "form": { "fields": [{ "name": "note", "type": "text" }] },
              "context": { "recordA": 1, "recordB": 2 }, "continuation": { "ruleSet": "{{await api.SaveContinuationAsync()}}" }
            }
            """)).Is(201));
        await host.StopAsync();
        Replace(Path.Combine(host.DataFolder, "humantasks.db"), "\"recordB\"", "\"recordA\""); // a member twice: every look at it throws
        await host.StartAsync(host.ApiKey);
        Assert.Equal("healthy", (await api.GetAsync("/health/ready")).Is(200).Text("/status"));

        (await api.PostAsync($"/review/{asked.Link.Split('/')[^1]}", """{ "values": { "note": "x" } }""")).Is(200);
        var failed = await FailedAsync(api, asked.RunId);

        Assert.Equal(asked.CorrelationId, failed.Text("/error/correlationId"));
        Assert.Contains(asked.CorrelationId, failed.Text("/error/message"), StringComparison.Ordinal);
        await host.Output.ContainsAsync(asked.CorrelationId);
        var ready = (await api.GetAsync("/health/ready")).Is(200);
        Assert.Equal(("degraded", 1), (ready.Text("/status"), ready["/faultedRuns"]!.GetValue<int>()));
        Assert.Contains(await api.ListAsync("/api/runs?status=failed"), run => run.Text("/id") == asked.RunId);

        (await api.PostAsync($"/api/runs/{asked.RunId}/retry")).Is(204);
        await FailedAsync(api, asked.RunId);
        (await api.PostAsync($"/api/runs/{asked.RunId}/cancel", """{ "reason": "enough" }""")).Is(204);
        Assert.Equal("cancelled", (await api.GetAsync($"/api/runs/{asked.RunId}")).Is(200).Text("/status"));
        Assert.Equal("healthy", (await api.GetAsync("/health/ready")).Is(200).Text("/status"));
    }

    /// <summary>A turn is tried five times within a quarter of a minute before its run fails.</summary>
    private static async Task<Reply> FailedAsync(ApiClient api, string runId)
    {
        await api.GetAsync($"/api/runs/{runId}", ("Prefer", "wait=40"));
        return await Steps.UntilAsync(() => api.GetAsync($"/api/runs/{runId}"), run => run.Text("/status") == "failed");
    }

    private static async Task EndsWithAsync(HostProcess host, params string[] named)
    {
        Assert.Equal(1, await host.FailToStartAsync());
        Assert.All(named, words => Assert.Contains(words, host.Output.Text, StringComparison.Ordinal));
        IsShort(host.Output.Text);
    }

    private static void IsShort(string said)
    {
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", said, StringComparison.Ordinal);
        Assert.InRange(said.Trim().Split('\n').Length, 1, 2);
    }

    /// <summary>Writes zeros over pages in the middle of a database.</summary>
    private static void Damage(string database)
    {
        using var file = File.OpenWrite(database);
        file.Position = (file.Length / 4096 / 2) * 4096;
        file.Write(new byte[2 * 4096]);
    }

    /// <summary>Puts a text of the same length in the place of every other.</summary>
    private static void Replace(string database, string from, string to)
    {
        var bytes = File.ReadAllBytes(database);
        var (sought, other) = (System.Text.Encoding.UTF8.GetBytes(from), System.Text.Encoding.UTF8.GetBytes(to));
        var found = 0;
        for (int at; (at = bytes.AsSpan().IndexOf(sought)) >= 0; found++)
        {
            other.CopyTo(bytes, at);
        }

        Assert.NotEqual(0, found);
        File.WriteAllBytes(database, bytes);
    }

    /// <summary>Breaks every record that holds a text, and nothing around it.</summary>
    private static void Garble(string database, string text)
    {
        var bytes = File.ReadAllBytes(database);
        var sought = System.Text.Encoding.UTF8.GetBytes(text);
        var found = 0;
        for (var at = bytes.AsSpan().IndexOf(sought); at >= 0;)
        {
            bytes.AsSpan(at, 10).Fill((byte)'#');
            found++;
            var next = bytes.AsSpan(at).IndexOf(sought);
            at = next < 0 ? -1 : at + next;
        }

        Assert.NotEqual(0, found);
        File.WriteAllBytes(database, bytes);
    }
}
