using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using HumanTasks.Tests.Studio;

namespace HumanTasks.Tests.Hosting;

/// <summary>People reach the deployment at https://example.com/tasks/, whether or not a proxy takes that path off.</summary>
public sealed class ComingBelowAPath : IAsyncLifetime
{
    private const string Below = "/tasks";

    private HostProcess host = null!;
    private ApiClient api = null!;

    public async Task InitializeAsync()
    {
        if (OwnHost.SkipReason is null)
        {
            var address = HostProcess.FreeAddress();
            host = new HostProcess(
                new HostSettings()
                    .With("HumanTasks:PublicBaseAddress", $"{address.ToString().TrimEnd('/')}{Below}/")
                    .WithMember(0, 0, "olga@example.com", "Olga", "Owner"),
                address);
            await host.StartAsync();
            api = new ApiClient(host.Address, host.ApiKey);
        }
    }

    public async Task DisposeAsync()
    {
        api?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    [OwnHostTheory]
    [InlineData(Below)]
    [InlineData("")]
    public async Task A_reviewer_opens_a_link_answers_and_sees_the_receipt(string proxied)
    {
        var asked = await api.InterveneAsync();
        Assert.StartsWith($"{Below}/review/", asked.Path, StringComparison.Ordinal);
        using var person = new Visitor(host.Address);

        var page = (await person.OpenAsync(proxied + Local(asked.Path))).Is(200);
        await IsBelowAsync(page);
        page = (await person.SendAsync(page.Fill("decision", "approve"))).Is(303);
        var receipt = page.Reply.Header("Location")!;
        Assert.StartsWith($"{asked.Path}/responses/", receipt, StringComparison.Ordinal);
        await IsBelowAsync((await person.OpenAsync(proxied + Local(receipt))).Is(200));
        await IsBelowAsync((await person.OpenAsync($"{proxied}{Local(receipt)}/receipt.html")).Is(200));
        await IsBelowAsync((await person.OpenAsync(proxied + Local(asked.Path))).Is(410));
        Assert.All(person.Cookies.GetAllCookies(), cookie => Assert.StartsWith(Below, cookie.Path, StringComparison.Ordinal));

        var isolated = await api.AssignAsync();
        await IsBelowAsync((await person.OpenAsync(proxied + Local(isolated.Path))).Is(401));
        var moved = (await person.OpenAsync($"{proxied}{Local(isolated.Path)}.")).Is(303);
        Assert.Equal(isolated.Path, moved.Reply.Header("Location"));
    }

    [OwnHostTheory]
    [InlineData(Below)]
    [InlineData("")]
    public async Task A_member_signs_in_and_works_in_the_Studio(string proxied)
    {
        var asked = await api.AssignAsync();
        using var person = new Visitor(host.Address);
        var sent = (await person.OpenAsync($"{proxied}/studio/default/tasks")).Is(303).Reply.Header("Location")!;
        Assert.StartsWith($"{Below}/studio/sign-in?return=%2Ftasks%2Fstudio%2Fdefault%2Ftasks", sent, StringComparison.Ordinal);
        await IsBelowAsync((await person.OpenAsync(sent)).Is(200));
        var link = await MemberClient.PrintedLinkAsync(host, "olga@example.com");
        Assert.StartsWith($"{Below}/studio/sign-in/link/", link, StringComparison.Ordinal);
        var signedIn = (await MemberClient.FollowAsync(person, link)).Is(303);
        Assert.Equal($"{Below}/studio", signedIn.Reply.Header("Location"));
        var cookies = person.Cookies.GetCookieHeader(new Uri(host.Address, $"{Below}/")); // as a browser sends them to the proxy
        foreach (var path in new[] { "tasks", $"tasks/{asked.TaskId}", "runs", $"runs/{asked.RunId}", "rule-sets", "branding", "overview", "webhooks" })
        {
            await IsBelowAsync((await person.OpenAsync($"{proxied}/studio/default/{path}", ("Cookie", cookies))).Is(200));
        }

        await IsBelowAsync((await person.OpenAsync($"{proxied}/studio/sessions", ("Cookie", cookies))).Is(200));
        Assert.All(person.Cookies.GetAllCookies(), cookie => Assert.StartsWith(Below, cookie.Path, StringComparison.Ordinal));
    }

    [OwnHostFact]
    public async Task Programs_reach_the_API_below_the_path_and_are_told_addresses_there()
    {
        foreach (var proxied in new[] { Below, "" })
        {
            var made = (await api.PostAsync($"{proxied}/api/tasks", $$"""{ "title": "T", "assignee": "a@example.com", "form": {{Steps.DecisionForm.Replace("{{invoice.amount}}", "1", StringComparison.Ordinal)}} }""")).Is(201);
            Assert.StartsWith($"{Below}/api/tasks/", made.Header("Location"), StringComparison.Ordinal);
            (await api.GetAsync(made.Header("Location")!)).Is(200);
            Assert.EndsWith(Below, (await api.GetAsync($"{proxied}/openapi/v1.json")).Is(200).Text("/servers/0/url").TrimEnd('/'), StringComparison.Ordinal);
            (await api.GetAsync($"{proxied}/.well-known/jwks.json")).Is(200);
            (await api.GetAsync($"{proxied}/health/ready")).Is(200);
        }

        using var person = new Visitor(host.Address);
        await IsBelowAsync((await person.OpenAsync($"{Below}/")).Is(200));
        await IsBelowAsync((await person.OpenAsync($"{Below}/dev/mail")).Is(200));
    }

    [OwnHostTheory]
    [InlineData("https://example.com/api/", "starts with /api")]
    [InlineData("https://example.com/task/of/ours", "starts with /task")]
    [InlineData("https://example.com/a b/", "letters, digits")]
    [InlineData("https://example.com/?x=1", "not have a query")]
    public async Task An_address_that_cannot_work_is_refused_at_the_start_in_one_line(string address, string why)
    {
        await using var refused = new HostProcess(new HostSettings().With("HumanTasks:PublicBaseAddress", address));

        Assert.Equal(1, await refused.FailToStartAsync());

        Assert.Contains(why, Assert.Single(refused.Output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)), StringComparison.Ordinal);
    }

    private static string Local(string path) => path.StartsWith(Below, StringComparison.Ordinal) ? path[Below.Length..] : path;

    /// <summary>Every address of ours on a page is below the path, and its style, scripts and pictures are there, with the path and without.</summary>
    private async Task IsBelowAsync(Page page)
    {
        foreach (var element in page.Document.QuerySelectorAll("[href], [src], [action], [formaction], [data-draft]"))
        {
            foreach (var name in new[] { "href", "src", "action", "formaction", "data-draft" })
            {
                if (element.GetAttribute(name) is { } address && address.StartsWith('/'))
                {
                    Assert.True(address == Below || address.StartsWith($"{Below}/", StringComparison.Ordinal), $"{name}={address} on {page.Path}");
                    if (name == "src" || element.LocalName == "link")
                    {
                        (await api.GetAsync(address)).Is(200);
                        (await api.GetAsync(Local(address))).Is(200);
                    }
                }
            }
        }
    }
}
