using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>The page of a rule set: problems and hints at their lines, and a preview that is true to what would be asked.</summary>
public sealed class EditingARuleSet(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Definition = """
        { "secrets": ["iban"], "actions": [{ "type": "humanTask", "name": "ask", "title": "Invoice {{invoice.number}}", "description": "**{{invoice.supplier}}** asks for {{invoice.amount | currency:EUR}}.",
          "assignee": "ada@example.com", "form": { "fields": [{ "name": "note", "type": "text", "label": { "en": "Your note", "de": "Ihre Notiz" } }] } }] }
        """;

    [OwnHostFact]
    public async Task A_definition_that_is_refused_is_listed_once_and_each_problem_has_the_text_of_its_line()
    {
        var editor = await host.AsAsync("editor");
        var name = await SaveAsync();
        const string Wrong = "{\n  \"actions\": [\n    { \"type\": \"wait\" }\n  ]\n}";

        var page = Read(await editor.FormAsync($"/studio/default/rule-sets/{name}", ("definition", Wrong), ("do", "save")), 422);

        var problem = page.QuerySelector("#problems li")!;
        Assert.Contains("Line 3", problem.TextContent, StringComparison.Ordinal);
        Assert.Equal("{ \"type\": \"wait\" }", problem.QuerySelector("code")!.TextContent);
        Assert.Equal(Wrong, ((IHtmlTextAreaElement)page.QuerySelector("#definition")!).Value.Trim());
        Assert.Null(page.QuerySelector("ol.code"));
    }

    [OwnHostFact]
    public async Task Hints_stand_at_their_lines_and_prevent_nothing()
    {
        var editor = await host.AsAsync("editor");
        const string Hinted = """
            {
              "actions": [
                { "type": "humanIntervention", "name": "ask", "title": "T", "show": [], "form": { "fields": [{ "name": "a", "type": "text" }] },
                  "continuation": { "ruleSet": "there-is-none" } }
              ]
            }
            """;

        var check = (await editor.FormAsync("/studio/default/check-rule-set", ("definition", Hinted), ("name", "new"))).Is(200);
        Assert.Empty(check["/problems"]!.AsArray());
        Assert.Equal(4, check["/hints/0/line"]!.GetValue<int>());
        var name = Steps.Unique("hinted");
        (await editor.FormAsync("/studio/default/new-rule-set", ("name", name), ("definition", Hinted), ("do", "save"))).Is(303);
        Assert.Matches("Line [0-9]+: .*there-is-none", Read(await editor.PageAsync($"/studio/default/rule-sets/{name}")).QuerySelector(".hints")!.TextContent);
    }

    [OwnHostFact]
    public async Task A_value_that_is_missing_is_marked_where_it_is_missing()
    {
        var editor = await host.AsAsync("editor");
        var name = await SaveAsync();

        var preview = await PreviewAsync(editor, name, """{ "invoice": { "number": "R-7" } }""");

        Assert.Equal("Invoice R-7", preview.QuerySelector("h3")!.TextContent);
        Assert.Equal("⟨invoice.supplier⟩ asks for ⟨invoice.amount⟩.", preview.QuerySelector(".prose")!.TextContent.Trim());
    }

    [OwnHostFact]
    public async Task The_preview_shows_unsaved_edits_for_a_phone_and_in_a_language()
    {
        var editor = await host.AsAsync("editor");
        var name = await SaveAsync();

        var page = Read(await editor.FormAsync(
            $"/studio/default/rule-sets/{name}/preview",
            ("definition", Definition.Replace("Invoice {{", "Bill {{", StringComparison.Ordinal)),
            ("form", "ask"), ("context", """{ "invoice": { "number": "R-7" } }"""), ("width", "phone"), ("language", "de")));

        var preview = page.QuerySelector(".preview-form.phone")!;
        Assert.Equal(("de", "Bill R-7"), (preview.GetAttribute("lang"), preview.QuerySelector("h3")!.TextContent));
        Assert.Contains("Ihre Notiz", preview.TextContent, StringComparison.Ordinal);
        Assert.Contains("not saved", page.QuerySelector("#preview")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Bill {{", page.QuerySelector("#definition")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.DoesNotContain("Bill", (await host.Api.GetAsync($"/api/rule-sets/{name}")).Is(200).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task The_sample_is_what_the_member_typed_last_else_the_last_run_without_its_secrets()
    {
        var editor = await host.AsAsync("editor");
        var reader = await host.AsAsync("reader");
        var name = await SaveAsync();
        (await host.Api.PostAsync($"/api/rule-sets/{name}/runs", """
            { "context": { "iban": "DE02120300000000202051", "invoice": { "number": "R-9", "supplier": "Meyer", "amount": 5 } } }
            """)).Is(202);

        var ofRun = await SampleAsync(editor, name);
        Assert.Contains("R-9", ofRun, StringComparison.Ordinal);
        Assert.DoesNotContain("DE02120300000000202051", ofRun, StringComparison.Ordinal);

        await PreviewAsync(editor, name, """{ "invoice": { "number": "typed" } }""");
        Assert.Contains("typed", await SampleAsync(editor, name), StringComparison.Ordinal);
        Assert.Contains("R-9", await SampleAsync(reader, name), StringComparison.Ordinal);

        await PreviewAsync(editor, name, "{}");
        Assert.Contains("R-9", await SampleAsync(editor, name), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_in_a_description_scrolls_by_keyboard() => Assert.Matches(
        "<pre[^>]* tabindex=\"0\"", Web.Components.SafeMarkdown.ToHtml("```json\n{}\n```").Value);

    private static async Task<string> SampleAsync(MemberClient member, string name) =>
        Read(await member.PageAsync($"/studio/default/rule-sets/{name}")).QuerySelector("#preview-context")!.TextContent;

    private static async Task<AngleSharp.Dom.IElement> PreviewAsync(MemberClient member, string name, string context) =>
        Read(await member.FormAsync($"/studio/default/rule-sets/{name}/preview", ("form", "ask"), ("context", context))).QuerySelector(".preview-form")!;

    private static IHtmlDocument Read(Reply reply, int status = 200) => new HtmlParser().ParseDocument(reply.Is(status).Body);

    private async Task<string> SaveAsync()
    {
        var name = Steps.Unique("edited");
        (await host.Api.PutAsync($"/api/rule-sets/{name}", Definition)).Is(201);
        return name;
    }
}
