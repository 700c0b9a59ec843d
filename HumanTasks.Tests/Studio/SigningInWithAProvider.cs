using System.Net;
using AngleSharp.Html.Parser;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>Sign-in by OpenID Connect, against a real provider.</summary>
public sealed class SigningInWithAProvider : IAsyncLifetime
{
    private HostProcess host = null!;
    private OidcProvider provider = null!;

    public async Task InitializeAsync()
    {
        if (new OidcFactAttribute().Skip is not null)
        {
            return;
        }

        var settings = new HostSettings()
            .WithMember(0, 0, "ada@example.com", "Ada", "Editor")
            .WithMember(0, 1, "unverified@example.com", "Not Sure", "Owner")
            .WithMember(0, 2, "split@example.com", "Half Said", "Owner")
            .WithMember(0, 3, "userinfo@example.com", "Ina Info", "Viewer");
        var address = HostProcess.FreeAddress();
        provider = await OidcProvider.StartAsync(new Uri(address, "/studio/sign-in/openid-connect/callback"));
        host = new HostProcess(
            settings
                .With("HumanTasks:SignIn:OpenIdConnect:Authority", provider.Issuer.ToString().TrimEnd('/'))
                .With("HumanTasks:SignIn:OpenIdConnect:ClientId", "humantasks")
                .With("HumanTasks:SignIn:OpenIdConnect:ClientSecret", "for-tests-only")
                .With("HumanTasks:SignIn:OpenIdConnect:DisplayName", "The company"),
            address);
        await host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
            provider.Dispose();
        }
    }

    [OidcFact]
    public async Task A_member_with_a_verified_address_is_in_and_back_where_they_wanted_to_be()
    {
        using var browser = new Browser(host.Address);

        var landed = await browser.SignInAsync("ada@example.com", "/studio/default/runs?status=failed");

        Assert.Equal("/studio/default/runs?status=failed", landed.PathAndQuery);
        using var api = new ApiClient(host.Address);
        var me = (await api.GetAsync("/api/me", ("Cookie", browser.Session!))).Is(200);
        Assert.Equal("ada@example.com", me.Text("/address"));
        Assert.Equal("openIdConnect", (await api.GetAsync("/api/me/sessions", ("Cookie", browser.Session!))).Text("/items/0/how"));
    }

    [OidcFact]
    public async Task An_address_that_the_user_info_endpoint_alone_tells_and_calls_verified_is_good()
    {
        using var browser = new Browser(host.Address);

        await browser.SignInAsync("userinfo@example.com", null);

        Assert.NotNull(browser.Session);
    }

    [OidcFact]
    public async Task Somebody_who_is_no_member_and_an_address_that_nobody_verified_stay_out()
    {
        foreach (var who in (string[])["eve@example.com", "unverified@example.com", "split@example.com"])
        {
            using var browser = new Browser(host.Address);

            var landed = await browser.SignInAsync(who, null);

            Assert.Equal("/studio/sign-in?problem=stranger", landed.PathAndQuery);
            Assert.Null(browser.Session);
        }
    }

    [OidcFact]
    public async Task A_callback_that_nobody_asked_for_signs_nobody_in()
    {
        using var api = new ApiClient(host.Address);

        var reply = await api.GetAsync("/studio/sign-in/openid-connect/callback?code=x&state=y", ("Accept", "text/html"));

        Assert.Equal("/studio/sign-in?problem=provider", reply.Is(302).Header("Location"));
    }

    /// <summary>Follows redirects from site to site, with the cookies of each, and fills in what the provider asks.</summary>
    private sealed class Browser(Uri studio) : IDisposable
    {
        private readonly CookieContainer cookies = new();
        private HttpClient? http;

        public string? Session => cookies.GetCookies(studio).FirstOrDefault(cookie => cookie.Name == "ht-session") is { } session
            ? $"{session.Name}={session.Value}"
            : null;

        public async Task<Uri> SignInAsync(string who, string? back)
        {
            http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false });
            http.DefaultRequestHeaders.Add("Accept", "text/html");
            var signIn = new Uri(studio, "/studio/sign-in" + (back is null ? "" : $"?return={Uri.EscapeDataString(back)}"));
            var (page, _) = await GoAsync(signIn);
            var form = page.QuerySelector("form[action='/studio/sign-in/openid-connect']")!;
            Assert.Contains("Sign in with The company", form.TextContent, StringComparison.Ordinal);
            var (asked, at) = await SendAsync(new Uri(studio, "/studio/sign-in/openid-connect"), form.QuerySelectorAll("input").ToDictionary(
                input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? ""));
            while (at.Authority != studio.Authority)
            {
                var fields = asked.QuerySelectorAll("form input[name]").ToDictionary(
                    input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
                if (fields.ContainsKey("login"))
                {
                    fields["login"] = who;
                    fields["password"] = "any";
                }

                (asked, at) = await SendAsync(new Uri(at, asked.QuerySelector("form")!.GetAttribute("action")!), fields);
            }

            return at;
        }

        public void Dispose() => http?.Dispose();

        private Task<(AngleSharp.Html.Dom.IHtmlDocument, Uri)> GoAsync(Uri address) =>
            FollowAsync(new HttpRequestMessage(HttpMethod.Get, address));

        private Task<(AngleSharp.Html.Dom.IHtmlDocument, Uri)> SendAsync(Uri address, Dictionary<string, string> fields) =>
            FollowAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) });

        private async Task<(AngleSharp.Html.Dom.IHtmlDocument, Uri)> FollowAsync(HttpRequestMessage request)
        {
            for (var hops = 0; hops < 12; hops++)
            {
                using var answer = await http!.SendAsync(request);
                if (answer.Headers.Location is { } location && (int)answer.StatusCode is 301 or 302 or 303)
                {
                    request = new HttpRequestMessage(HttpMethod.Get, new Uri(request.RequestUri!, answer.Headers.Location!));
                    continue;
                }

                var html = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{request.RequestUri}: {answer.StatusCode} {html}");
                return (new HtmlParser().ParseDocument(html), request.RequestUri!);
            }

            throw new Xunit.Sdk.XunitException("Redirected without end.");
        }
    }
}
