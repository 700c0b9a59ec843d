using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>Only a proxy that is known says who calls; every other sender of its headers is named once.</summary>
public sealed class ComingThroughAProxy
{
    [OwnHostFact]
    public async Task Where_proxies_are_named_others_are_ignored_and_named_in_a_warning_also_at_loopback()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings()
            .With("HumanTasks:Proxies:KnownProxies:0", "10.1.2.3")
            .With("HumanTasks:Proxies:KnownNetworks:0", "10.2.0.0/16")
            .With("HumanTasks:Limits:RefusalsPerMinute", "3"));
        using var anybody = new ApiClient(host.Address);

        var caller = 0;
        await Steps.UntilAsync(() => anybody.GetAsync("/review/AAAAAAAA", From($"203.0.113.{caller++ % 250}")), answer => answer.Status == 429);

        await host.Output.ContainsAsync("Ignored X-Forwarded-For or X-Forwarded-Proto from 127.0.0.1, which is not a known proxy");
        Assert.Equal(2, host.Output.Text.Split("is not a known proxy").Length);
    }

    [OwnHostFact]
    public async Task Callers_behind_one_at_loopback_are_told_apart_and_their_cookies_are_secure()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings().With("HumanTasks:Limits:RefusalsPerMinute", "3"));
        using var anybody = new ApiClient(host.Address);
        using var api = new ApiClient(host.Address, host.ApiKey);
        var asked = await api.InterveneAsync();

        await Steps.UntilAsync(() => anybody.GetAsync("/review/AAAAAAAA", From("203.0.113.1")), answer => answer.Status == 429);
        (await anybody.GetAsync("/review/AAAAAAAA", From("203.0.113.2"))).IsProblem(404, "link-not-found");

        var page = await anybody.GetAsync(asked.Path, ("Accept", "text/html"), From("203.0.113.2"), ("X-Forwarded-Proto", "https"));
        Assert.Contains("; secure", page.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("is not a known proxy", host.Output.Text, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task The_list_is_read_from_its_end_as_far_as_known_proxies_wrote_it()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings()
            .With("HumanTasks:Proxies:KnownProxies:0", "127.0.0.1")
            .With("HumanTasks:Proxies:KnownNetworks:0", "10.0.0.0/8")
            .With("HumanTasks:Limits:RefusalsPerMinute", "3"));
        using var anybody = new ApiClient(host.Address);

        var made = 0;
        await Steps.UntilAsync(
            () => anybody.GetAsync("/review/AAAAAAAA", From($"198.51.100.{made++ % 250}, 203.0.113.1, 10.9.8.7")),
            answer => answer.Status == 429);

        (await anybody.GetAsync("/review/AAAAAAAA", From("203.0.113.1, 203.0.113.2, 10.9.8.7"))).IsProblem(404, "link-not-found");
    }

    [OwnHostTheory]
    [InlineData("KnownProxies", "10.0.0.0/8", "is not an IP address")]
    [InlineData("KnownNetworks", "somewhere", "is not a network")]
    public async Task A_setting_that_names_none_stops_the_start(string setting, string value, string said)
    {
        await using var host = new HostProcess(new HostSettings().With($"HumanTasks:Proxies:{setting}:0", value));

        Assert.Equal(1, await host.FailToStartAsync());
        Assert.Contains($"HumanTasks:Proxies:{setting}: '{value}' {said}", host.Output.Text, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Somebody_else_with_the_link_does_not_use_up_its_requests()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings().With("HumanTasks:Limits:ReviewRequestsPerMinute", "5"));
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var asked = await api.InterveneAsync();

        await Steps.UntilAsync(() => anybody.GetAsync(asked.Path, From("203.0.113.1")), answer => answer.Status == 429);

        (await anybody.GetAsync(asked.Path, From("203.0.113.2"))).Is(200);
    }

    private static (string, string) From(string address) => ("X-Forwarded-For", address);
}
