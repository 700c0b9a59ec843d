using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>A host on a German server.</summary>
public sealed class GermanServer : StudioHost
{
    private protected override HostSettings Own => Settings.With("LANG", "de_DE.UTF-8").With("LC_ALL", "de_DE.UTF-8");
}

/// <summary>Which language is spoken, and counted in, where no public page settles it.</summary>
public sealed class SpeakingInTheStudio(GermanServer host) : IClassFixture<GermanServer>
{
    private const string Form = """{ "fields": [{ "name": "n", "type": "number", "label": "Amount", "value": 1250.5 }] }""";

    [OwnHostTheory]
    [InlineData("\"language\": \"de\",", "fr", "1250,5", "1.250", 1250)]
    [InlineData("", "de", "1250,5", "1.250", 1250)]
    [InlineData("", "en", "1250.5", "1,250", 1250)]
    [InlineData("", null, "1250.5", "1,250", 1250)]
    public async Task A_task_s_page_counts_in_its_language_else_in_the_member_s(
        string language, string? accepts, string shown, string typed, int stored)
    {
        var asked = await host.Api.AssignAsync(language, Form);
        using var member = await EditorAsync();
        var headers = accepts is null ? [] : new[] { ("Accept-Language", accepts) };

        var page = (await member.OpenAsync(At(asked), headers)).Is(200);
        Assert.Equal(shown, page.Value("n"));
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal(language.Length > 0 ? "de" : accepts ?? "en", page.Form.GetAttribute("lang"));
        (await member.SendAsync(page.Fill("n", typed), headers)).Is(303);

        Assert.Equal(stored, (await host.Api.TaskAsync(asked.TaskId))["/responses/0/values"].Number("/n"));
    }

    [OwnHostFact]
    public async Task What_can_be_read_in_two_ways_is_refused_in_the_language_of_the_task()
    {
        var asked = await host.Api.AssignAsync("\"language\": \"de\",", Form);
        using var member = await EditorAsync();

        var refused = (await member.SendAsync((await member.OpenAsync(At(asked))).Is(200).Fill("n", "1,250"))).Is(422);

        Assert.Equal(["Amount: „1,250“ kann 1,25 oder 1.250 bedeuten. Schreiben Sie 1,25 oder 1250."], refused.Problems);
    }

    [OwnHostFact]
    public async Task Somebody_else_s_choice_of_language_is_no_page_from_memory()
    {
        var asked = await host.Api.InterveneAsync(form: Form);
        using var member = await EditorAsync();

        var english = (await member.OpenAsync(At(asked))).Is(200).Reply.Header("ETag")!;

        (await member.OpenAsync(At(asked), ("If-None-Match", english))).Is(304);
        (await member.OpenAsync(At(asked), ("Accept-Language", "de"), ("If-None-Match", english))).Is(200);
    }

    [OwnHostFact]
    public async Task The_server_s_language_is_nobody_s()
    {
        var asked = await host.Api.AssignAsync(form: Form);
        var intervention = await host.Api.InterveneAsync(form: """{ "fields": [{ "name": "n", "type": "number", "label": "Amount", "min": 1250.5 }] }""");

        var refused = (await host.Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", """{ "values": { "n": "much" } }""")).IsProblem(422, "invalid-form-input");
        Assert.Equal("Amount must be a number.", refused.Text("/errors/0/message"));
        refused = (await host.Anybody.PostAsync(intervention.Path, """{ "values": { "n": 1 } }""")).IsProblem(422, "invalid-form-input");
        Assert.Equal("Amount must be 1,250.50 or more.", refused.Text("/errors/0/message"));

        var page = (await host.Anybody.GetAsync("/studio/sign-in", ("Accept", "text/html"))).Is(200);
        Assert.Contains("<html lang=\"en\"", page.Body, StringComparison.Ordinal);
        (await host.Anybody.PostAsync("/studio/sign-in", """{ "address": "viewer@example.com" }""")).Is(202);
        await host.Anybody.CodeAsync("viewer@example.com");
        var mails = (await host.Anybody.GetAsync("/dev/mail")).Is(200).Body;
        Assert.Contains("Your code: ", mails, StringComparison.Ordinal);
        Assert.DoesNotContain("Ihr Code", mails, StringComparison.Ordinal);
    }

    private async Task<Visitor> EditorAsync()
    {
        var session = (await host.AsAsync("editor")).Session.Split('=', 2);
        var visitor = new Visitor(host.Address);
        visitor.Cookies.Add(host.Address, new System.Net.Cookie(session[0], session[1]));
        return visitor;
    }

    private static string At(Asked asked) => $"/studio/default/tasks/{asked.TaskId}";
}
