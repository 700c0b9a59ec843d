using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>A host behind a proxy that ends TLS: requests look like plain http, people come by https.</summary>
public sealed class ComingByHttps
{
    [OwnHostFact]
    public async Task Every_cookie_is_secure_and_the_public_origin_is_ours()
    {
        await using var host = await HostProcess.StartNewAsync(
            new HostSettings().With("HumanTasks:PublicBaseAddress", "https://tasks.example.com"));
        using var api = new ApiClient(host.Address, host.ApiKey);
        var asked = await api.InterveneAsync();
        using var page = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        page.DefaultRequestHeaders.Add("Accept", "text/html");

        using var opened = await page.GetAsync(asked.Path);

        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        using var anybody = new ApiClient(host.Address);
        (await anybody.PostAsync(asked.Path, """{ "values": {} }""", ("Origin", "https://evil.example"))).Is(403);
        (await anybody.PostAsync(
            asked.Path, """{ "values": { "decision": "approve" } }""", ("Origin", "https://tasks.example.com"))).Is(200);
    }
}
