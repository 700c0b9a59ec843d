using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>
/// The start page. Only who has the address that the host printed gets into the Studio from it: where a request comes
/// from proves nothing.
/// </summary>
public sealed class StartingHere
{
    private const string OpenTheStudio = "Open the Studio";

    [OwnHostFact]
    public async Task The_printed_address_opens_the_Studio_once()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        var start = new Uri(await host.Output.StartAsync()).PathAndQuery;
        using var scanner = new Visitor(host.Address);
        using var person = new Visitor(host.Address);
        using var late = new Visitor(host.Address);
        (await scanner.OpenAsync(start)).Is(200); // looking uses nothing up

        var page = (await person.OpenAsync(start)).Is(200);
        Assert.Contains(OpenTheStudio, page.Reply.Body, StringComparison.Ordinal);
        Assert.Equal("/studio", (await person.PostAsync(page.The("form").GetAttribute("action")!, page.The("[name=__RequestVerificationToken]").GetAttribute("value"))).Is(303).Reply.Header("Location"));

        (await person.OpenAsync("/studio/default/tasks?status=all")).Is(200);
        Assert.Contains(OpenTheStudio, (await person.OpenAsync("/")).Reply.Body, StringComparison.Ordinal);
        var over = (await late.OpenAsync(start)).Is(200).Reply.Body;
        Assert.Contains("expired or was used", over, StringComparison.Ordinal);
        Assert.DoesNotContain(OpenTheStudio, over, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_request_from_this_machine_also_through_a_proxy_gets_no_way_into_the_Studio()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings().With("HumanTasks:Proxies:KnownProxies:0", "127.0.0.1"));
        await host.Output.StartAsync();
        using var anybody = new ApiClient(host.Address);
        (string, string)[][] callers =
        [
            [],
            [("Host", "localhost")],
            [("X-Forwarded-For", "127.0.0.1")],
            [("X-Forwarded-For", "::1"), ("X-Forwarded-Proto", "https")],
            [("X-Forwarded-For", "203.0.113.7")],
        ];

        foreach (var caller in callers)
        {
            foreach (var path in (string[])["/", "/start/bm9ib2R5.1.2.3"])
            {
                var page = (await anybody.GetAsync(path, [("Accept", "text/html"), .. caller])).Is(200);
                Assert.DoesNotContain(OpenTheStudio, page.Body, StringComparison.Ordinal);
                Assert.DoesNotContain("/studio/sign-in/link/", page.Body, StringComparison.Ordinal);
            }
        }
    }

    [OwnHostFact]
    public async Task Outside_development_the_page_says_nothing_of_this_installation()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings { Development = false });
        using var anybody = new ApiClient(host.Address);

        var page = (await anybody.GetAsync("/", ("Accept", "text/html"))).Is(200).Body;

        Assert.DoesNotContain(OpenTheStudio, page, StringComparison.Ordinal);
        Assert.DoesNotContain("/review/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/start/", host.Output.Text, StringComparison.Ordinal);
        (await anybody.GetAsync("/start/anything", ("Accept", "text/html"))).Is(404);
    }

    [OwnHostFact]
    public async Task The_demonstration_is_one_click_away_and_its_state_is_told()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        var link = new Uri(await host.Output.Demonstration).PathAndQuery;
        using var person = new Visitor(host.Address);

        var before = await Steps.UntilAsync(async () => (await person.OpenAsync("/")).Is(200).Reply, home => home.Body.Contains("waits for your decision", StringComparison.Ordinal));
        Assert.Contains(link, before.Body, StringComparison.Ordinal);
        using var anybody = new ApiClient(host.Address);
        (await anybody.PostAsync(link, """{ "values": { "decision": "approve", "amount": 1200.5 } }""")).Is(200);

        await Steps.UntilAsync(async () => (await person.OpenAsync("/")).Is(200).Reply, home => home.Body.Contains("You decided, and the run continued", StringComparison.Ordinal));
    }

    [OwnHostFact]
    public async Task Three_commands_stand_there_to_be_copied()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var person = new Visitor(host.Address);

        var page = (await person.OpenAsync("/")).Is(200);

        Assert.Equal(3, page.Document.QuerySelectorAll(".commands > li [data-copy-text]").Length);
        Assert.Contains($"{host.Address.GetLeftPart(UriPartial.Authority)}/api/interventions", page.Document.QuerySelector(".commands")!.TextContent, StringComparison.Ordinal);
    }
}
