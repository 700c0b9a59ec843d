using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

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
        Assert.Equal(accepts ?? "en", page.Document.DocumentElement.GetAttribute("lang"));
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

    [OwnHostTheory]
    [InlineData("de", "ltr", "Aufgaben", "Anmelden")]
    [InlineData("fr-CA", "ltr", "Tâches", "Se connecter")]
    [InlineData("es", "ltr", "Tareas", "Iniciar sesión")]
    [InlineData("it", "ltr", "Attività", "Accedi")]
    [InlineData("nl", "ltr", "Taken", "Aanmelden")]
    [InlineData("pl", "ltr", "Zadania", "Zaloguj się")]
    [InlineData("pt", "ltr", "Tarefas", "Iniciar sessão")]
    [InlineData("ja", "ltr", "タスク", "サインイン")]
    [InlineData("zh-CN", "ltr", "任务", "登录")]
    [InlineData("ar", "rtl", "المهام", "تسجيل الدخول")]
    [InlineData("sv", "ltr", "Tasks", "Sign in")]
    public async Task Tasks_and_sign_in_speak_the_language_of_who_reads_them(string accepts, string direction, string tasks, string signIn)
    {
        var language = Core.Texts.Languages.Of(accepts) ?? "en";
        using var member = await EditorAsync();
        using var stranger = new Visitor(host.Address);

        foreach (var (page, heading) in new[]
        {
            ((await member.OpenAsync("/studio/default/tasks?status=all", ("Accept-Language", accepts))).Is(200), tasks),
            ((await stranger.OpenAsync("/studio/sign-in", ("Accept-Language", accepts))).Is(200), signIn),
        })
        {
            var root = page.Document.DocumentElement;
            Assert.Equal((language, direction, heading), (root.GetAttribute("lang"), root.GetAttribute("dir"), page.The("h1").TextContent));
            Assert.Equal(language, page.Reply.Header("Content-Language"));
        }
    }

    [OwnHostFact]
    public async Task A_task_s_page_is_in_the_member_s_language_around_a_form_in_the_task_s()
    {
        var asked = await host.Api.AssignAsync("\"language\": \"ar\",", Form);
        using var member = await EditorAsync();

        var page = (await member.OpenAsync(At(asked), ("Accept-Language", "de"))).Is(200);

        Assert.Equal(("de", "ltr"), (page.Document.DocumentElement.GetAttribute("lang"), page.Document.DocumentElement.GetAttribute("dir")));
        Assert.Equal(("ar", "rtl"), (page.Form.GetAttribute("lang"), page.Form.GetAttribute("dir")));
        Assert.Contains("Offen", page.The("#state").TextContent, StringComparison.Ordinal);
        Assert.Contains("Erstellt", page.The("#timeline").TextContent, StringComparison.Ordinal);
        Assert.Contains("إرسال", page.The("#form button.main").TextContent, StringComparison.Ordinal);
        Assert.Equal("Kopieren", page.The("[data-copy]").TextContent);
    }

    [OwnHostTheory]
    [InlineData("en", "Reminder sent by API key first", "Cancelled by editor@example.com")]
    [InlineData("de", "Erinnerung gesendet von API-Schlüssel first", "Abgebrochen von editor@example.com")]
    [InlineData("pl", "Wysłano przypomnienie (klucz API first", "Anulowano (editor@example.com)")]
    public async Task A_task_s_activity_says_who_did_what_in_the_member_s_language(string accepts, string reminded, string cancelled)
    {
        var asked = await host.Api.AssignAsync();
        (await host.Api.PostAsync($"/api/tasks/{asked.TaskId}/remind", "{}")).Is(204);
        using var member = await EditorAsync();
        var token = (await member.OpenAsync(At(asked))).The("[name=__RequestVerificationToken]").GetAttribute("value");
        (await member.PostAsync($"{At(asked)}/cancel", token)).Is(303);

        var activity = (await member.OpenAsync(At(asked), ("Accept-Language", accepts))).Is(200).The("#timeline").TextContent;

        Assert.Contains(reminded, activity, StringComparison.Ordinal);
        Assert.Contains(cancelled, activity, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_title_is_shown_in_the_member_s_language_where_it_has_one()
    {
        var word = Steps.Unique("title");
        var asked = Steps.Asked((await host.Api.PostAsync("/api/tasks", $$"""
            { "title": { "en": "Approve {{word}}", "de": "{{word}} freigeben" }, "assignee": "a@example.com", "form": {{Form}} }
            """)).Is(201));
        using var member = await EditorAsync();

        foreach (var (accepts, title) in new[] { ("de", $"{word} freigeben"), ("en", $"Approve {word}"), ("fr", $"Approve {word}") })
        {
            Assert.Equal(title, (await member.OpenAsync(At(asked), ("Accept-Language", accepts))).Is(200).The("h1").TextContent);
            Assert.Contains(title, (await member.OpenAsync("/studio/default/tasks?status=pending", ("Accept-Language", accepts))).Is(200).Text, StringComparison.Ordinal);
        }
    }

    [OwnHostFact]
    public async Task Refusals_and_missing_pages_speak_the_member_s_language_where_their_neighbours_are_English()
    {
        using var member = await EditorAsync();

        var missing = (await member.OpenAsync("/studio/default/runs/none", ("Accept-Language", "fr"))).Is(404);
        Assert.Equal(("fr", "Page introuvable"), (missing.Document.DocumentElement.GetAttribute("lang"), missing.The("h1").TextContent));

        var runs = (await member.OpenAsync("/studio/default/runs", ("Accept-Language", "fr"))).Is(200);
        Assert.Equal(("en", "Runs"), (runs.Document.DocumentElement.GetAttribute("lang"), runs.The("h1").TextContent));
        Assert.Contains("Tasks", runs.The("nav").TextContent, StringComparison.Ordinal);
    }

    [OwnHostTheory]
    [InlineData("responder", "/studio/default/runs", 403, "Votre rôle ne permet pas d’ouvrir cette page")]
    [InlineData("editor", "/studio/default/nowhere", 404, "Page introuvable")]
    [InlineData("editor", "/studio/default/tasks/bulk/nowhere/else", 404, "Page introuvable")]
    public async Task An_error_is_a_page_in_the_member_s_language_and_a_problem_for_programs(string who, string path, int status, string heading)
    {
        var member = await host.AsAsync(who);

        var page = (await member.PageAsync(path, ("Accept-Language", "fr"))).Is(status);
        Assert.Contains("<html lang=\"fr\"", page.Body, StringComparison.Ordinal);
        Assert.Equal(heading, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page.Body).QuerySelector("h1")!.TextContent);

        (await member.GetAsync(path, ("Accept", "application/json"))).IsProblem(status, status == 403 ? "forbidden" : "not-found");
    }

    [OwnHostTheory]
    [InlineData("overview", "Übersicht")]
    [InlineData("runs", "Läufe")]
    [InlineData("rule-sets", "Regelsätze")]
    [InlineData("new-rule-set", "Neuer Regelsatz")]
    [InlineData("webhooks", "Zustellungen")]
    public async Task Pages_of_who_runs_the_Studio_speak_German_too(string path, string heading)
    {
        using var member = await EditorAsync();

        var page = (await member.OpenAsync($"/studio/default/{path}", ("Accept-Language", "de"))).Is(200);

        Assert.Equal(("de", heading), (page.Document.DocumentElement.GetAttribute("lang"), page.The("h1").TextContent));
    }

    [OwnHostFact]
    public async Task A_change_that_is_refused_says_why_in_the_member_s_language()
    {
        var asked = await host.Api.AssignAsync();
        using var member = await EditorAsync();
        var token = (await member.OpenAsync(At(asked))).The("[name=__RequestVerificationToken]").GetAttribute("value");
        (await member.OpenAsync("/studio/sessions?lang=de")).Is(303);

        var refused = (await member.PostAsync($"{At(asked)}/reassign", token, ("assignee", "Bob"))).Is(409);
        Assert.Contains("genau eine E-Mail-Adresse", refused.The("#notice").TextContent, StringComparison.Ordinal);

        (await member.PostAsync($"{At(asked)}/cancel", token, ("reason", "genug"))).Is(303);
        refused = (await member.PostAsync($"{At(asked)}/remind", token)).Is(409);
        Assert.Equal("Diese Aufgabe ist geschlossen. Status: Abgebrochen (editor@example.com).", refused.The("#notice").TextContent);
    }

    [OwnHostFact]
    public async Task A_member_chooses_a_language_for_the_whole_Studio()
    {
        using var member = await EditorAsync();
        var choice = (await member.OpenAsync("/studio/sessions")).Is(200).The(".languages a[lang=nl]").GetAttribute("href");

        (await member.OpenAsync($"/studio/sessions{choice}")).Is(303);

        Assert.Equal("Taken", (await member.OpenAsync("/studio/default/tasks?status=all")).Is(200).The("h1").TextContent);
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
