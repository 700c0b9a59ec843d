using AngleSharp.Html.Parser;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Studio;

/// <summary>What the Studio says and shows of a form before anybody answers it.</summary>
public sealed class PreviewingForms(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

    [OwnHostFact]
    public async Task The_fields_of_all_pages_are_counted()
    {
        var viewer = await host.AsAsync("viewer");
        var asked = Steps.Asked((await host.Api.PostAsync("/api/tasks", """
            { "title": "T", "assignee": "kim@example.com", "form": { "pages": [
              { "fields": [{ "name": "a", "type": "text" }, { "name": "b", "type": "text" }] }, { "fields": [{ "name": "c", "type": "text" }] }] } }
            """)).Is(201));

        Assert.Contains("3 fields", (await viewer.PageAsync($"/studio/default/tasks/{asked.TaskId}")).Is(200).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task The_image_of_a_form_is_shown_in_its_preview()
    {
        var editor = await host.AsAsync("editor");
        var name = await SaveAsync($$"""{ "name": "image", "type": "display", "value": "{{Png}}" }""");

        var source = SourceIn((await editor.PageAsync($"/studio/default/rule-sets/{name}")).Is(200).Body);

        Assert.Equal("image/png", (await editor.PageAsync(source)).Is(200).Header("Content-Type"));
    }

    [OwnHostFact]
    public async Task The_image_of_a_sample_context_is_shown_in_the_preview_whatever_its_size()
    {
        var editor = await host.AsAsync("editor");
        var name = await SaveAsync("""{ "name": "image", "type": "display", "value": "{{document}}" }""");
        string Context(string image) => $$"""{ "document": "{{image}}" }""";

        var small = SourceIn((await editor.FormAsync($"/studio/default/rule-sets/{name}/preview", ("form", "ask"), ("context", Context(Png)))).Is(200).Body);
        var large = $"{Png[..^12]}{new string('A', 8000)}";
        Assert.Equal(large, SourceIn((await editor.FormAsync($"/studio/default/rule-sets/{name}/preview", ("form", "ask"), ("context", Context(large)))).Is(200).Body));
        Assert.Equal("image/png", (await editor.PageAsync(small)).Is(200).Header("Content-Type"));
    }

    [OwnHostFact]
    public async Task An_example_stands_where_the_sample_context_has_nothing()
    {
        var editor = await host.AsAsync("editor");
        var name = await SaveAsync("""
            { "name": "image", "type": "display", "value": "{{document}}" }, { "name": "mail", "type": "email", "value": "{{buyer.email}}" },
            { "name": "note", "type": "text", "value": "{{note?}}" }
            """);

        var page = (await editor.PageAsync($"/studio/default/rule-sets/{name}")).Is(200).Body;

        var form = await new HtmlParser().ParseDocumentAsync(page);
        Assert.Equal(("sam@example.com", ""), (form.QuerySelector("[name=mail]")!.GetAttribute("value"), form.QuerySelector("[name=note]")!.GetAttribute("value")));
        Assert.Equal("image/png", (await editor.PageAsync(SourceIn(page))).Is(200).Header("Content-Type"));
    }

    [OwnHostFact]
    public async Task A_preview_opens_no_uploaded_file()
    {
        var editor = await host.AsAsync("editor");
        var name = await SaveAsync("""{ "name": "image", "type": "display", "value": "{{document}}" }""");
        var context = $$"""{ "document": { "fileId": "{{Core.Ids.New(TimeProvider.System.GetUtcNow())}}", "name": "scan.png", "contentType": "image/png", "size": 9, "sha256": "00" } }""";

        var page = (await editor.FormAsync($"/studio/default/rule-sets/{name}/preview", ("form", "ask"), ("context", context))).Is(200).Body;

        var image = (await new HtmlParser().ParseDocumentAsync(page)).QuerySelector(".preview-form figure");
        Assert.Null(image?.QuerySelector("[href], [src]"));
        (await editor.PageAsync($"/studio/default/rule-sets/{name}/shown/image?form=ask&context={Uri.EscapeDataString(context)}")).Is(404);
    }

    private static string SourceIn(string page) =>
        new HtmlParser().ParseDocument(page).QuerySelector(".preview-form img")!.GetAttribute("src")!;

    private async Task<string> SaveAsync(string fields)
    {
        var name = Steps.Unique("shows");
        (await host.Api.PutAsync($"/api/rule-sets/{name}", $$"""
            { "actions": [{ "type": "humanTask", "name": "ask", "title": "Look", "assignee": "ada@example.com", "form": { "fields": [{{fields}}] } }] }
            """)).Is(201);
        return name;
    }
}
