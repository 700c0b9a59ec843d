using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Branding;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>How an environment looks to those it asks: set by its owners, and on every page and mail that they get.</summary>
public class LookingLikeOneself(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Environment = "default";

    private ApiClient Api => host.Api;

    [OwnHostFact]
    public async Task A_colour_a_logo_and_a_footer_are_on_pages_receipts_and_mails()
    {
        var set = (await Api.PutAsync("/api/branding", """
            { "accent": "#0F766E", "footer": "Acme GmbH\n<b>Berlin</b>", "imprint": "https://acme.example/imprint", "privacy": "https://acme.example/privacy" }
            """)).Is(200);
        Assert.NotEqual(set.Text("/accent"), set.Text("/accentDark"));
        var logo = (await PutLogoAsync(SomePng.With(("tEXt", [1])))).Is(200).Text("/logo");

        var asked = Steps.Asked((await Api.PostAsync("/api/interventions", $$"""
            { "title": "Look", "form": { "fields": [{ "name": "note", "type": "text" }] }, "continuation": { "webhook": "https://example.com/x" } }
            """)).Is(201));
        Task<Reply> OpenAsync() => host.Anybody.GetAsync(asked.Path, ("Accept", "text/html"));
        var page = (await OpenAsync()).Is(200);
        Assert.Contains($"src=\"{logo}\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Berlin", page.Body, StringComparison.Ordinal);
        Assert.Contains("https://acme.example/imprint", page.Body, StringComparison.Ordinal);
        var css = System.Text.RegularExpressions.Regex.Match(page.Body, "href=\"(/brand/[^\"]+\\.css)\"").Groups[1].Value;
        var style = (await host.Anybody.GetAsync(css)).Is(200);
        Assert.Contains("--accent: #0f766e", style.Body, StringComparison.Ordinal);
        Assert.Contains("immutable", style.Header("Cache-Control"), StringComparison.Ordinal);
        var picture = (await host.Anybody.GetAsync(logo)).Is(200);
        Assert.Equal(("image/png", "nosniff"), (picture.ContentType, picture.Header("X-Content-Type-Options")));
        Assert.Equal(SomePng.With(), picture.Bytes.ToArray());

        var who = $"{Steps.Unique("brand")}@example.com";
        await Api.PostAsync("/api/tasks", $$"""{ "title": "T", "assignee": "{{who}}", "form": { "fields": [{ "name": "n", "type": "text" }] } }""");
        IEnumerable<JsonNode> Of(Reply outbox) => outbox["/items"]!.AsArray().OfType<JsonNode>().Where(mail => mail.Text("/to/0") == who);
        var mail = Of(await Steps.UntilAsync(() => host.Anybody.GetAsync("/dev/mail"), outbox => Of(outbox).Any())).First();
        Assert.Contains("#0f766e", mail.Text("/html"), StringComparison.Ordinal);
        Assert.Contains("cid:logo", mail.Text("/html"), StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", mail.Text("/html"), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Berlin", mail.Text("/html"), StringComparison.Ordinal);
        Assert.Contains("-- \nAcme GmbH", mail.Text("/text"), StringComparison.Ordinal);

        var own = await Api.SaveAsync($$"""[{ "type": "email", "to": "own-{{who}}", "subject": "s", "body": "**Read** [this](https://acme.example/x)" }]""");
        (await Api.StartAsync(own, "{}")).Is(202);
        IEnumerable<JsonNode> Own(Reply outbox) => outbox["/items"]!.AsArray().OfType<JsonNode>().Where(mail => mail.Text("/to/0") == $"own-{who}");
        var told = Own(await Steps.UntilAsync(() => host.Anybody.GetAsync("/dev/mail"), outbox => Own(outbox).Any())).First();
        Assert.Contains("#0f766e", told.Text("/html"), StringComparison.Ordinal);
        Assert.StartsWith("Read this <https://acme.example/x>\n\n-- \nAcme GmbH", told.Text("/text"), StringComparison.Ordinal);

        (await Api.SendAsync(HttpMethod.Delete, "/api/branding/logo", null)).Is(200);
        Assert.DoesNotContain("class=\"brand\"", (await OpenAsync()).Body, StringComparison.Ordinal);
        (await Api.PutAsync("/api/branding", "{}")).Is(200);
    }

    [OwnHostTheory]
    [InlineData("""{ "accent": "#ffff00" }""", "/accent")]
    [InlineData("""{ "accent": "yellow" }""", "/accent")]
    [InlineData("""{ "imprint": "javascript:alert(1)" }""", "/imprint")]
    [InlineData("""{ "privacy": "acme.example" }""", "/privacy")]
    public async Task What_cannot_be_read_or_led_to_is_refused(string body, string pointer) =>
        (await Api.PutAsync("/api/branding", body)).IsProblem(422, "invalid-request").HasProblemAt(pointer);

    [OwnHostFact]
    public async Task A_logo_is_a_picture_and_nothing_else()
    {
        Assert.Equal(422, (await PutLogoAsync("<html>"u8.ToArray())).Status);
        Assert.Equal(422, (await PutLogoAsync(new byte[100_000])).Status);
        var logo = (await PutLogoAsync("""<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script><rect width="4" height="4"/></svg>"""u8.ToArray())).Is(200).Text("/logo");

        var svg = (await host.Anybody.GetAsync(logo)).Is(200);

        Assert.DoesNotContain("alert", svg.Body, StringComparison.Ordinal);
        Assert.Contains("sandbox", svg.Header("Content-Security-Policy"), StringComparison.Ordinal);
        (await Api.SendAsync(HttpMethod.Delete, "/api/branding/logo", null)).Is(200);
    }

    [OwnHostFact]
    public async Task Owners_set_it_in_the_Studio_and_nobody_else()
    {
        var (owner, editor) = (await host.AsAsync("owner"), await host.AsAsync("editor"));
        (await editor.PageAsync($"/studio/{Environment}/branding")).Is(403);

        var page = (await owner.PageAsync($"/studio/{Environment}/branding")).Is(200);
        Assert.Contains("Accent colour", page.Body, StringComparison.Ordinal);
        var refused = await owner.FormAsync($"/studio/{Environment}/branding", ("accent", "#ffff00"), ("footer", "kept"));
        Assert.Equal(422, refused.Status);
        Assert.Contains("kept", refused.Body, StringComparison.Ordinal);
        (await owner.FormAsync($"/studio/{Environment}/branding", ("accent", "#1d4ed8"))).Is(303);
        Assert.Equal("#1d4ed8", (await Api.GetAsync("/api/branding")).Text("/accent"));
        (await Api.PutAsync("/api/branding", "{}")).Is(200);
    }

    private Task<Reply> PutLogoAsync(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return Api.SendAsync(HttpMethod.Put, "/api/branding/logo", content);
    }
}
