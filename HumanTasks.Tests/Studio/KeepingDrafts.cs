using System.Text;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>What a reviewer typed is kept under the link until it is sent.</summary>
public class KeepingDrafts(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Form = """
        { "fields": [
          { "name": "note", "type": "text", "label": "Note", "required": true },
          { "name": "choice", "type": "choice", "label": "Choice", "required": true, "display": "radio", "options": [{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }] },
          { "name": "file", "type": "file", "label": "File", "accept": [".pdf"] } ] }
        """;

    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nfor a test\n%%EOF\n");

    private ApiClient Api => host.Api;

    [OwnHostFact]
    public async Task It_is_offered_again_on_another_device_with_its_files()
    {
        var asked = await Api.InterveneAsync(form: Form);
        using var phone = new Visitor(host.Address);
        using var desk = new Visitor(host.Address);

        var page = (await phone.OpenAsync(asked.Path)).Is(200).Fill("note", "typed on the phone").Fill("choice", "b").Choose("file", "receipt.pdf", Pdf);
        var saved = (await phone.SaveAsync(page)).Is(303);
        Assert.Contains("saved", (await phone.OpenAsync(saved.Reply.Header("Location")!)).Is(200).Heading, StringComparison.Ordinal);

        var back = (await desk.OpenAsync(asked.Path)).Is(200);
        Assert.Equal("typed on the phone", back.Value("note"));
        Assert.Equal("b", back.Value("choice"));
        Assert.Contains("receipt.pdf", back.Text, StringComparison.Ordinal);
        Assert.Contains("We restored your draft", back.Text, StringComparison.Ordinal);
        (await desk.SendAndFollowAsync(back)).Is(200);

        var task = await Api.TaskAsync(asked.TaskId);
        Assert.Equal("receipt.pdf", task.Text("/responses/0/values/file/name"));
        Assert.Equal("%PDF-1.7\nfor a test\n%%EOF\n", (await Api.GetAsync($"/api/tasks/{asked.TaskId}/files/{task.Text("/responses/0/values/file/fileId")}")).Is(200).Body);
        Assert.Contains("draftSaved", (await Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline")).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_submission_that_was_wrong_is_kept_too()
    {
        var asked = await Api.InterveneAsync(form: Form);
        using var person = new Visitor(host.Address);
        using var another = new Visitor(host.Address);

        (await person.SendAsync((await person.OpenAsync(asked.Path)).Fill("note", "half of it"))).Is(422);

        Assert.Equal("half of it", (await another.OpenAsync(asked.Path)).Value("note"));
    }

    [OwnHostFact]
    public async Task It_is_gone_once_it_was_sent()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 2,", Form);
        using var person = new Visitor(host.Address);
        (await person.SaveAsync((await person.OpenAsync(asked.Path)).Fill("note", "first"))).Is(303);

        var page = (await person.OpenAsync(asked.Path)).Fill("choice", "a");
        Assert.Equal("first", page.Value("note"));
        (await person.SendAndFollowAsync(page)).Is(200);

        Assert.Equal("", (await person.OpenAsync(asked.Path)).Is(200).Value("note"));
    }

    [OwnHostFact]
    public async Task Where_a_link_takes_several_answers_each_browser_has_its_own()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 2,", Form);
        using var one = new Visitor(host.Address);
        using var other = new Visitor(host.Address);

        (await one.SaveAsync((await one.OpenAsync(asked.Path)).Fill("note", "mine"))).Is(303);

        Assert.Equal("mine", (await one.OpenAsync(asked.Path)).Value("note"));
        Assert.Equal("", (await other.OpenAsync(asked.Path)).Value("note"));
    }

    [OwnHostFact]
    public async Task It_can_be_thrown_away()
    {
        var asked = await Api.InterveneAsync(form: Form);
        using var person = new Visitor(host.Address);
        (await person.SaveAsync((await person.OpenAsync(asked.Path)).Fill("note", "away"))).Is(303);
        var page = await person.OpenAsync(asked.Path);

        (await person.PostAsync($"{asked.Path}/draft/discard", "forged")).Is(400);
        (await person.PostAsync($"{asked.Path}/draft/discard", page)).Is(303);

        Assert.Equal("", (await person.OpenAsync(asked.Path)).Value("note"));
    }

    [OwnHostFact]
    public async Task Behind_an_isolated_link_it_belongs_to_who_was_verified()
    {
        var who = $"{Steps.Unique("drafts")}@example.com";
        var asked = Steps.Asked((await Api.PostAsync("/api/tasks", $$"""{ "title": "T", "assignee": "{{who}}", "form": {{Form}} }""")).Is(201));
        using var first = await VerifiedAsync(asked, who);
        (await first.SaveAsync((await first.OpenAsync(asked.Path)).Fill("note", "behind the code"))).Is(303);

        using var stranger = new Visitor(host.Address);
        (await stranger.OpenAsync($"{asked.Path}/draft")).Is(401);
        Assert.DoesNotContain("behind the code", (await stranger.OpenAsync(asked.Path)).Is(401).Text, StringComparison.Ordinal);
        Assert.Equal("behind the code", (await first.OpenAsync(asked.Path)).Value("note"));
    }

    [OwnHostFact]
    public async Task Members_never_see_it_and_it_is_sealed_at_rest()
    {
        var asked = await Api.InterveneAsync(form: Form);
        var secret = Steps.Unique("only-a-draft");
        using var person = new Visitor(host.Address);
        (await person.SaveAsync((await person.OpenAsync(asked.Path)).Fill("note", secret))).Is(303);
        var owner = await host.AsAsync("owner");

        Assert.DoesNotContain(secret, (await owner.PageAsync($"/studio/default/tasks/{asked.TaskId}")).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await Api.TaskAsync(asked.TaskId)).Body, StringComparison.Ordinal);
        foreach (var file in host.Host is null ? [] : Directory.EnumerateFiles(host.Host.DataFolder, "humantasks.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            Assert.DoesNotContain(secret, Encoding.Latin1.GetString(copy.ToArray()), StringComparison.Ordinal);
        }
    }

    [OwnHostFact]
    public async Task A_program_that_saves_is_told_when()
    {
        var asked = await Api.InterveneAsync(form: Form);
        using var person = new Visitor(host.Address);
        var page = await person.OpenAsync(asked.Path);

        var saved = await person.SaveAsync(page.Fill("note", "by a script"), ("Accept", "application/json"));

        saved.Is(200).Reply.Json.MustHaveMembers("savedAt", "text");
        (await host.Anybody.PostAsync($"{asked.Path}/draft", """{ "values": { "note": "x" } }""")).Is(400);
    }

    [OwnHostFact]
    public async Task A_link_that_is_over_keeps_nothing()
    {
        var asked = await Api.InterveneAsync(form: Form);
        using var person = new Visitor(host.Address);
        var page = (await person.OpenAsync(asked.Path)).Fill("note", "late");
        (await person.SaveAsync(page)).Is(303);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", "{}")).Is(204);

        (await person.SaveAsync(page)).Is(410);
        (await person.OpenAsync($"{asked.Path}/draft")).Is(410);
    }

    private async Task<Visitor> VerifiedAsync(Asked asked, string who)
    {
        var visitor = new Visitor(host.Address);
        var (_, session) = await host.Anybody.VerifyAsync(asked, who);
        visitor.Cookies.SetCookies(new Uri(host.Address, asked.Path), $"{session}; path={asked.Path}");
        return visitor;
    }
}
