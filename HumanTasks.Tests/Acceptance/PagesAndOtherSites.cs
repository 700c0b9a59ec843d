using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>What protects reviewers and their answers from other sites and from the texts that they read.</summary>
public partial class PagesAndOtherSites(Deployment deployment) : AcceptanceTest(deployment), IDisposable
{
    private Visitor Person => field ??= new Visitor(Address);

    [Fact]
    public async Task Every_page_behind_a_link_has_the_headers_that_keep_it_to_itself()
    {
        var asked = await Api.InterveneAsync();
        var page = await Person.OpenAsync(asked.Path);
        var wrong = (await Person.SendAsync(page)).Is(422);
        var sent = (await Person.SendAsync(wrong.Fill("decision", "approve"))).Is(303);
        Page[] pages =
        [
            page, wrong, sent, await Person.OpenAsync(sent.Reply.Header("Location")!), await Person.OpenAsync(asked.Path),
            await Person.OpenAsync(asked.Path + "x"),
        ];

        Assert.All(pages, each =>
        {
            var policy = each.Reply.Header("Content-Security-Policy")!;
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("no-referrer", each.Reply.Header("Referrer-Policy"));
            Assert.Contains("no-store", each.Reply.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Equal("nosniff", each.Reply.Header("X-Content-Type-Options"));
            Assert.Contains("noindex", each.Reply.Header("X-Robots-Tag"), StringComparison.Ordinal);
            if (!Deployment.IsForeign)
            {
                Assert.Null(each.Reply.Header("Server")); // what stands in front of a deployment may put its own there
            }
        });
    }

    [Fact]
    public async Task A_program_gets_the_same_protection_of_what_a_link_shows()
    {
        var asked = await Api.InterveneAsync();

        var shown = (await Anybody.GetAsync(asked.Path)).Is(200);

        Assert.Contains("no-store", shown.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("nosniff", shown.Header("X-Content-Type-Options"));
        Assert.Contains("Accept", shown.Header("Vary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_the_token_of_its_page_is_shown_again_and_not_taken()
    {
        var asked = await Api.InterveneAsync();
        var page = (await Person.OpenAsync(asked.Path)).Fill("decision", "approve").Fill("amount", "7");
        page.The("[name=__RequestVerificationToken]").Remove();

        var refused = (await Person.SendAsync(page)).Is(400);

        Assert.Equal("7", refused.Value("amount"));
        Assert.Equal("approve", refused.Value("decision"));
        Assert.Equal(1, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
        await Person.SendAndFollowAsync(refused);
    }

    [Fact]
    public async Task The_token_of_another_visitor_is_worth_nothing()
    {
        var asked = await Api.InterveneAsync();
        using var other = new Visitor(Address);
        await other.OpenAsync(asked.Path);
        var page = (await Person.OpenAsync(asked.Path)).Fill("decision", "approve");

        (await other.SendAsync(page)).Is(400);

        Assert.Equal(1, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task What_a_page_of_another_site_sends_is_403(string site)
    {
        var asked = await Api.InterveneAsync();
        var page = (await Person.OpenAsync(asked.Path)).Fill("decision", "approve");

        (await Person.SendAsync(page, ("Sec-Fetch-Site", site))).Is(403);
        (await Anybody.PostAsync(asked.Path, """{ "values": { "decision": "approve" } }""", ("Sec-Fetch-Site", site)))
            .IsProblem(403, "cross-site-request");

        Assert.Equal(1, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
        (await Anybody.GetAsync(asked.Path, ("Sec-Fetch-Site", site))).Is(200);
        Assert.Equal(303, (await Person.SendAsync(page, ("Sec-Fetch-Site", "same-origin"))).Reply.Status);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task What_another_origin_sends_is_403_where_the_browser_says_nothing_more(string origin)
    {
        var asked = await Api.InterveneAsync();
        var page = (await Person.OpenAsync(asked.Path)).Fill("decision", "approve");

        (await Person.SendAsync(page, ("Origin", origin))).Is(403);

        Assert.Equal(1, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
        (await Person.SendAsync(page, ("Origin", Address.GetLeftPart(UriPartial.Authority)))).Is(303);
    }

    [Fact]
    public async Task The_token_of_one_links_page_is_none_for_another_link()
    {
        var mine = await Api.InterveneAsync();
        var other = await Api.InterveneAsync();
        var page = await Person.OpenAsync(mine.Path);
        var target = (await Person.OpenAsync(other.Path)).Fill("decision", "approve");
        target.The("[name=__RequestVerificationToken]").SetAttribute(
            "value", page.The("[name=__RequestVerificationToken]").GetAttribute("value")!);

        (await Person.SendAsync(target)).Is(400);

        Assert.Equal(1, (await Api.TaskAsync(other.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_page_does_not_say_what_renders_it()
    {
        var asked = await Api.InterveneAsync();

        Assert.Null((await Person.OpenAsync(asked.Path)).Reply.Header("blazor-enhanced-nav"));
    }

    [Fact]
    public async Task Who_answered_in_this_browser_is_led_from_a_used_up_link_to_the_receipt()
    {
        var asked = await Api.InterveneAsync();
        await Person.SendAndFollowAsync((await Person.OpenAsync(asked.Path)).Fill("decision", "approve"));
        using var stranger = new Visitor(Address);

        var mine = (await Person.OpenAsync(asked.Path)).Is(410);
        var theirs = (await stranger.OpenAsync(asked.Path)).Is(410);

        var receipt = (await Person.OpenAsync(mine.The("a.button").GetAttribute("href")!)).Is(200);
        Assert.Contains("We have your response", receipt.Heading, StringComparison.Ordinal);
        Assert.Null(theirs.Document.QuerySelector("a.button"));
    }

    [Fact]
    public async Task The_cookie_of_a_page_is_for_this_site_only()
    {
        var asked = await Api.InterveneAsync();

        var cookie = (await Person.OpenAsync(asked.Path)).Reply.Header("Set-Cookie")!;

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nothing_on_a_page_is_inline_and_nothing_comes_from_elsewhere()
    {
        var asked = await Api.InterveneAsync();
        var page = (await Person.OpenAsync(asked.Path)).Fill("decision", "approve");
        var receipt = await Person.SendAndFollowAsync(page);
        var refusal = await Person.OpenAsync(asked.Path);

        foreach (var each in new[] { page, receipt, refusal })
        {
            Assert.Empty(each.Document.QuerySelectorAll("style, [style]"));
            Assert.All(each.Document.Scripts, script => Assert.NotNull(script.GetAttribute("src")));
            Assert.DoesNotContain(each.Document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
            var sources = each.Document.All
                .Select(element => element.GetAttribute("src") ?? (element is IHtmlLinkElement ? element.GetAttribute("href") : null))
                .OfType<string>()
                .ToArray();
            Assert.NotEmpty(sources);
            foreach (var source in sources)
            {
                Assert.StartsWith("/assets/", source, StringComparison.Ordinal);
                var asset = (await Anybody.GetAsync(source, ("Accept-Encoding", "br"))).Is(200);
                Assert.Contains("immutable", asset.Header("Cache-Control"), StringComparison.Ordinal);
                Assert.Equal("br", asset.Header("Content-Encoding"));
                Assert.Equal("nosniff", asset.Header("X-Content-Type-Options"));
            }
        }
    }

    [Fact]
    public async Task Texts_of_the_context_stay_texts()
    {
        const string Attack = "<script>alert(1)</script><img src=x onerror=alert(1)>";
        var continuation = await Api.SaveContinuationAsync();
        var created = (await Api.PostAsync("/api/interventions", $$"""
            {
              "title": "{{"{{attack}}"}}", "description": "Look: {{"{{attack}}"}} [click]({{"{{script}}"}}) <b onclick=alert(1)>b</b> [x](javascript:alert(1))",
              "form": { "fields": [
                { "name": "a", "type": "text", "label": "{{Attack}}", "help": "{{Attack}}", "value": "{{"{{attack}}"}}" },
                { "name": "c", "type": "choice", "options": [{ "value": "\"><script>", "label": "{{Attack}}" }] } ] },
              "context": { "attack": "{{Attack}}", "script": "javascript:alert(1)", "{{Attack}}": "{{Attack}}" },
              "continuation": { "ruleSet": "{{continuation}}" }
            }
            """)).Is(201);
        var path = Steps.Asked(created).Path;

        var page = (await Person.OpenAsync(path)).Is(200);
        Assert.Equal(Attack, page.Value("a"));
        var wrong = (await Person.SendAsync(page.Fill("a", Attack + new string('x', 21_000)))).Is(422);
        var receipt = await Person.SendAndFollowAsync(wrong.Fill("a", Attack));

        foreach (var each in new[] { page, wrong, receipt })
        {
            Assert.All(each.Document.Scripts, script => Assert.StartsWith("/assets/", script.GetAttribute("src"), StringComparison.Ordinal));
            Assert.Empty(each.Document.QuerySelectorAll("img, [onclick], [onerror]"));
            Assert.DoesNotContain(
                each.Document.QuerySelectorAll("a"),
                link => link.GetAttribute("href")!.StartsWith("javascript", StringComparison.OrdinalIgnoreCase));
        }

        Assert.Equal(Attack, page.Heading);
    }

    [Fact]
    public async Task A_page_never_shows_the_token_of_its_link_to_others()
    {
        var asked = await Api.InterveneAsync();

        var page = await Person.OpenAsync(asked.Path);

        var addresses = AddressPattern().Matches(page.Reply.Body).Select(match => match.Value);
        Assert.DoesNotContain(addresses, address => address.Contains(asked.Token, StringComparison.Ordinal));
    }

    public void Dispose() => Person.Dispose();

    [GeneratedRegex("https?://[^\"' <]+")]
    private static partial Regex AddressPattern();
}
