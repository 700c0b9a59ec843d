using System.Net;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Mail;

namespace HumanTasks.Tests.Review;

/// <summary>What authors and people wrote keeps to its own direction and names its own language.</summary>
public sealed class IsolatingTexts : IAsyncLifetime
{
    private const string Hebrew = "\u05E9\u05DC\u05D5\u05DD";

    private const string Form = $$"""
        { "submitLabel": "{{Hebrew}} send", "fields": [
            { "name": "note", "type": "text", "label": "{{Hebrew}} label", "help": "{{Hebrew}} help", "required": true, "maxLength": 30, "value": "{{Hebrew}} value" },
            { "name": "lines", "type": "text", "multiline": true, "label": "{{Hebrew}} lines", "value": "{{Hebrew}} line" },
            { "name": "fixed", "type": "text", "label": "{{Hebrew}} fixed", "readOnly": true, "value": "{{Hebrew}} fixed value" },
            { "name": "pick", "type": "choice", "label": "{{Hebrew}} pick", "options": [{ "value": "a", "label": "{{Hebrew}} a" }, { "value": "b", "label": "{{Hebrew}} b" }] },
            { "name": "many", "type": "multiChoice", "label": "{{Hebrew}} many", "options": [{ "value": "a", "label": "{{Hebrew}} one" }] },
            { "name": "yes", "type": "boolean", "label": "{{Hebrew}} yes" },
            { "name": "why", "type": "text", "label": "{{Hebrew}} why", "visibleWhen": { "field": "pick", "equals": "a" } },
            { "name": "text", "type": "display", "label": "{{Hebrew}} shown", "markdown": "{{Hebrew}} *shown*" }] }
        """;

    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Every_text_of_an_author_or_a_person_is_isolated_on_the_form_its_errors_and_the_receipt()
    {
        var path = await site.AskFormAsync(
            Form, $$""", "description": "{{Hebrew}} *description*" """, $$"""{ "key": "{{Hebrew}} of the context", "rows": [{ "{{Hebrew}}": "{{Hebrew}} cell" }] }""");
        var page = await site.PageAsync(path);
        Isolation.IsWhole(page, Hebrew);

        var refused = await ReviewSite.ReadPageAsync(await site.SubmitAsync(page, [("note", string.Concat(Enumerable.Repeat(Hebrew, 9)))]));
        Assert.Contains(Hebrew, refused.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        Isolation.IsWhole(refused, Hebrew);

        var accepted = await site.SubmitAsync(page, [("note", $"{Hebrew} answer"), ("pick", "a"), ("why", Hebrew)]);
        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);
        Isolation.IsWhole(await site.PageAsync(accepted.Headers.Location!.ToString()), Hebrew);
    }

    [Fact]
    public async Task A_text_in_another_language_than_the_page_says_in_which()
    {
        site.Accepts = "fr";
        var page = await site.PageAsync(await site.AskFormAsync("""
            { "fields": [{ "name": "n", "type": "text", "label": { "de": "Betrag" }, "help": { "fr": "Ici." } },
                         { "name": "c", "type": "choice", "label": { "fr": "Choix" }, "options": [{ "value": "a", "label": { "en": "First" } }] }],
              "submitLabel": { "en": "Go", "de": "Los" } }
            """));

        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("de", page.QuerySelector("label[for=f-n] .label")!.GetAttribute("lang"));
        Assert.Null(page.QuerySelector("#h-n")!.GetAttribute("lang"));
        Assert.Equal("en", page.QuerySelector("button.main")!.GetAttribute("lang"));
        Assert.Contains(page.QuerySelectorAll("[lang=en]"), element => element.TextContent == "First");
    }

    [Fact]
    public async Task A_mail_isolates_a_title_and_says_its_language()
    {
        await site.Harness.SaveAsync("ask", $$"""
            [{ "type": "humanTask", "name": "ask", "assignee": "kim@example.com", "language": "de",
               "title": { "en": "{{Hebrew}} \u2069 approve" }, "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        await site.Harness.StartAsync("ask", "{}");

        var mail = site.Harness.Mail.Sent.Single().Email;
        var html = (await new MailBodies(null!, new EnvironmentCatalog([])).OfAsync(mail, default)).Html;

        Assert.Contains($"<bdi lang=\"en\">{Hebrew}  approve</bdi>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2068", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2068", mail.Text + mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_text_of_an_author_or_a_person_is_isolated_where_a_task_is_verified_delegated_and_declined()
    {
        await site.Harness.SaveAsync("assign", $$"""
            [{ "type": "humanTask", "name": "assigned", "assignee": "kim@example.com", "title": "{{Hebrew}} title", "description": "{{Hebrew}}.", "allowReject": true,
               "delegateTo": ["@example.com"], "form": {{Form}} }]
            """);
        var run = await site.Harness.StartAsync("assign");
        var path = $"/task/{site.Harness.Tokens.Sign(new LinkClaim(run.Id, "assigned", 0))}";
        Isolation.IsWhole(await site.PageAsync(path), Hebrew);
        await site.VerifyAsync(path);
        var page = await site.PageAsync(path);
        Assert.NotNull(page.QuerySelector("#delegate-to[dir=ltr]"));
        Isolation.IsWhole(page, Hebrew);

        var declined = await site.SubmitAsync(page, [("note", Hebrew), ("_reject", "true"), ("_reason", $"{Hebrew} twice")]);
        Isolation.IsWhole(await site.PageAsync(declined.Headers.Location!.ToString()), Hebrew);
    }

    [Fact]
    public async Task Names_of_people_files_and_columns_stand_apart_from_the_words_around_them()
    {
        var path = await site.AskAsync($$"""
            [{ "name": "sign", "type": "signature", "label": "Sign", "consent": "Yes." },
             { "name": "rows", "type": "table", "label": "Rows", "readOnly": true, "value": [{ "item": "{{Hebrew}}" }], "fields": [{ "name": "item", "type": "text", "label": "{{Hebrew}} item" }] },
             { "name": "photo", "type": "file", "label": "Photo" }]
            """);
        var page = await site.PageAsync(path);
        Assert.Contains(page.QuerySelectorAll("#i-photo bdi"), size => size.TextContent.EndsWith("kB", StringComparison.Ordinal));
        Assert.Equal([$"{Hebrew} item", Hebrew], page.QuerySelectorAll(".value :is(th, td)[dir=auto]").Select(cell => cell.TextContent));

        var accepted = await site.SubmitAsync(page, [("sign", $"{Hebrew} Kim")]);
        var receipt = await site.PageAsync(accepted.Headers.Location!.ToString());
        Assert.Contains(receipt.QuerySelectorAll("dd.text:not([dir=auto]) > bdi"), name => name.TextContent == $"{Hebrew} Kim");
    }

    [Fact]
    public void An_isolate_over_several_paragraphs_is_an_element_in_each() =>
        Assert.Equal(
            "<p><bdi lang=\"he\">a</bdi></p>\n<p><bdi lang=\"he\">b</bdi></p>",
            Isolates.ToHtml("<p>\u2068a</p>\n<p>b\u2069</p>", static _ => "he"));

    [Fact]
    public async Task A_label_in_another_language_says_so_on_the_receipt()
    {
        site.Accepts = "fr";
        var path = await site.AskAsync("""[{ "name": "n", "type": "text", "label": { "de": "Betrag" } }]""");
        var accepted = await site.SubmitAsync(await site.PageAsync(path), [("n", "x")]);
        var receipt = await site.PageAsync(accepted.Headers.Location!.ToString());

        Assert.Equal("Betrag", receipt.QuerySelector("dt[lang=de]")!.TextContent);
    }
}
