using System.Diagnostics;
using System.Text;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>The embedded host from its first start on.</summary>
public sealed class StartingTheHost
{
    [OwnHostFact]
    public async Task A_first_start_prints_where_it_is_a_key_and_a_link_that_leads_through_the_whole_main_path()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings { Development = false });
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var address = host.Address.ToString().TrimEnd('/');
        Assert.Contains(address, await host.Output.Greeting, StringComparison.Ordinal);
        var link = await host.Output.Demonstration.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith(address, link, StringComparison.Ordinal);

        var shown = (await anybody.GetAsync(Steps.PathOf(link))).Is(200);
        Assert.Equal("decision", shown.Text("/form/fields/0/name"));
        var accepted = (await anybody.SubmitAsync(Steps.PathOf(link), """{ "decision": "approve" }""")).Is(200);

        var run = await api.RunOverAsync(accepted.Text("/runId"));
        Assert.Equal("approve", run.Text("/context/decision"));
        Assert.Equal(accepted.Text("/correlationId"), run.Text("/correlationId"));
        Assert.Equal(2, (await api.RunsUnderAsync(run.Text("/correlationId"))).Count);
    }

    [OwnHostFact]
    public async Task A_second_start_keeps_everything_and_prints_no_key()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var asked = await api.InterveneAsync();
        var before = (await api.RunAsync(asked.RunId)).Body;
        Assert.Equal(1, host.Output.CountOfKeys);

        Assert.Equal(0, await host.StopAsync());
        await host.StartAsync();

        Assert.Equal(before, (await api.RunAsync(asked.RunId)).Body);
        (await anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);
        await api.RunOverAsync(asked.RunId);
        Assert.Equal(0, host.Output.CountOfKeys);
        Assert.DoesNotContain("/review/", host.Output.Text, StringComparison.Ordinal);
        Assert.Single(await api.ListAsync("/api/runs?correlationId=demonstration"));
    }

    [OwnHostFact]
    public async Task What_its_first_start_makes_is_for_its_owner_only_and_holds_neither_keys_nor_links()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        var continuation = await api.SaveContinuationAsync();
        var created = (await api.PostAsync(
            "/api/interventions",
            $$"""{ "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}}, "continuation": { "ruleSet": "{{continuation}}" } }""",
            ("Idempotency-Key", "k"))).Is(201);
        var token = Steps.Asked(created).Token;
        await host.StopAsync();

        var files = new DirectoryInfo(host.DataFolder).GetFiles("*", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        Assert.Equal(UnixFileMode.None, new DirectoryInfo(host.DataFolder).UnixFileMode & Others);
        var settings = Assert.Single(files, file => file.Name == "settings.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, settings.UnixFileMode);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file.FullName);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(host.ApiKey)) < 0, $"The API key is in {file.Name}.");
            Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(token)) < 0, $"A link is in {file.Name}.");
        }
    }

    [OwnHostFact]
    public async Task Outside_development_nobody_reads_mail_over_HTTP()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings { Development = false });
        using var api = new ApiClient(host.Address, host.ApiKey);

        (await api.GetAsync("/dev/mail")).IsProblem(404, "not-found");
    }

    [OwnHostFact]
    public async Task A_host_that_is_told_to_stop_lets_nobody_wait()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        var asked = await api.InterveneAsync();
        var waiting = api.GetAsync($"/api/runs/{asked.RunId}", ("Prefer", "wait=60"));
        var started = Stopwatch.GetTimestamp();

        Assert.Equal(0, await host.StopAsync());

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "The host waited for a long poll.");
        Assert.Equal("paused", (await waiting).Is(200).Text("/status"));
    }

    [OwnHostFact]
    public async Task What_became_due_while_the_host_was_away_happens_at_its_next_start()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var asked = await api.InterveneAsync("\"linkExpirationHours\": 0.00001,");
        await host.KillAsync();

        await host.StartAsync();

        await api.RunOverAsync(asked.RunId, "expired");
        (await anybody.GetAsync(asked.Path)).IsProblem(410, "link-expired");
    }

    [OwnHostTheory]
    [InlineData("HumanTasks:Environments:0:Id", "not an id", "HumanTasks:Environments:0:Id")]
    [InlineData("HumanTasks:LinkKeys:0", "c2hvcnQ=", "HumanTasks:LinkKeys:0")]
    [InlineData("HumanTasks:ApiKeys:0:Environment", "nowhere", "HumanTasks:ApiKeys:0:Environment")]
    [InlineData("HumanTasks:PublicBaseAddress", "ftp://example.com", "HumanTasks:PublicBaseAddress")]
    [InlineData("HumanTasks:Limits:MaxBodyBytes", "0", "HumanTasks:Limits")]
    [InlineData("HumanTasks:Limits:MaxBodyBytes", "much", "MaxBodyBytes")]
    public async Task A_setting_that_is_wrong_is_named_before_anything_is_served(string key, string value, string named)
    {
        await using var host = new HostProcess(new HostSettings().With(key, value));

        Assert.NotEqual(0, await host.FailToStartAsync());

        Assert.Contains(named, host.Output.Text, StringComparison.Ordinal);
    }
}
