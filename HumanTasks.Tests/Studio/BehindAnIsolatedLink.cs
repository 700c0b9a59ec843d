using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>Whoever opens an isolated link proves that they are the assignee, and then has this one task and nothing else.</summary>
public partial class BehindAnIsolatedLink(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Approve = """{ "values": { "decision": "approve" } }""";

    private ApiClient Api => host.Api;

    private ApiClient Anybody => host.Anybody;

    [OwnHostFact]
    public async Task The_link_is_mailed_to_the_assignee_in_the_environment_s_name()
    {
        var (asked, who) = await AskAsync();

        var mail = (await MailsAsync(who)).Single();

        Assert.Contains(asked.Path, mail.Text("/text"), StringComparison.Ordinal);
        Assert.Contains("HumanTasks needs your response", mail.Text("/text"), StringComparison.Ordinal);
        Assert.Contains($"href=\"{asked.Link}\"", mail.Text("/html"), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Text("/html"), StringComparison.Ordinal);
        await Steps.UntilAsync(
            () => Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline"), reply => reply.Body.Contains("\"mailed\"", StringComparison.Ordinal));
        Assert.Equal(["created", "mailed"], await KindsAsync(asked));
    }

    [OwnHostFact]
    public async Task Nothing_is_mailed_where_the_rule_set_does_it_itself()
    {
        var who = $"{Steps.Unique("quiet")}@example.com";
        var name = await Api.SaveAsync($$"""
            [{ "type": "email", "name": "tell", "to": "{{who}}", "subject": "By the rule set", "body": "{{"{{myLink}}"}}" },
             { "type": "humanTask", "name": "ask", "title": "T", "assignee": "{{who}}", "notify": false, "linkContextKey": "myLink", "form": {{Steps.DecisionForm}} }]
            """);
        var run = (await Api.StartAsync(name, $$"""{ "context": {{Steps.InvoiceContext}} }""")).Text("/runId");
        await Steps.UntilAsync(() => Api.GetAsync($"/api/runs/{run}"), reply => reply.Text("/status") == "paused");

        var mail = (await MailsAsync(who)).Single();

        Assert.Equal("By the rule set", mail.Text("/subject"));
        (await Anybody.GetAsync(new Uri(mail.Text("/text").Trim()).PathAndQuery)).IsProblem(401, "verification-required");
    }

    [OwnHostFact]
    public async Task From_the_code_to_the_answer()
    {
        var (asked, who) = await AskAsync();
        await MailedAsync(asked);
        var refused = (await Anybody.GetAsync(asked.Path)).IsProblem(401, "verification-required");
        Assert.Matches(@"^\w•••@example\.com$", refused.Text("/maskedAddress"));
        (await Anybody.PostAsync(asked.Path, Approve)).IsProblem(401, "verification-required");

        (await Anybody.PostAsync($"{asked.Path}/code")).Is(202);
        var code = await Anybody.CodeAsync(who);
        Assert.Matches("^[0-9]{6}$", code);
        (await VerifyAsync(asked, Wrong(code))).IsProblem(422, "wrong-code");
        var verified = (await VerifyAsync(asked, code)).Is(204);
        (string, string) session = ("Cookie", verified.Cookie("ht-task"));

        var form = (await Anybody.GetAsync(asked.Path, session)).Is(200);
        form.Json.MustHaveMembers("title", "description", "form", "context", "expiresAt", "usesLeft", "allowReject");
        (await Anybody.PostAsync(asked.Path, """{ "values": { } }""", session)).IsProblem(422, "invalid-form-input");
        var accepted = (await Anybody.PostAsync(asked.Path, Approve, session)).Is(200);

        Assert.Equal(asked.RunId, accepted.Text("/runId"));
        Assert.Equal(who, (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/by"));
        Assert.Equal(
            ["created", "mailed", "fetchedByMachine", "codeSent", "wrongCode", "verified", "answered"], await KindsAsync(asked));
        (await Anybody.GetAsync(asked.Path, session)).IsProblem(410, "link-used-up");
    }

    [OwnHostFact]
    public async Task The_cookie_is_for_this_link_only_and_not_for_scripts()
    {
        var (asked, who) = await AskAsync();
        (await Anybody.PostAsync($"{asked.Path}/code")).Is(202);

        var cookie = (await VerifyAsync(asked, await Anybody.CodeAsync(who))).Is(204).Header("Set-Cookie")!;

        Assert.Contains($"path={asked.Path}", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [OwnHostFact]
    public async Task The_session_of_one_task_is_none_for_another_nor_for_anything_else()
    {
        var who = $"{Steps.Unique("two")}@example.com";
        var (first, _) = await AskAsync(who);
        var (second, _) = await AskAsync(who);
        var session = await Anybody.VerifyAsync(first, who);

        (await Anybody.GetAsync(second.Path, session)).IsProblem(401, "verification-required");
        (await Anybody.PostAsync(second.Path, Approve, session)).IsProblem(401, "verification-required");
        (await Anybody.GetAsync("/api/tasks", session)).IsProblem(401, "unauthorized");
        (await Anybody.GetAsync($"/api/tasks/{first.TaskId}", session)).IsProblem(401, "unauthorized");
        (await Anybody.GetAsync("/api/me", session)).IsProblem(401, "unauthorized");
        (await Anybody.GetAsync(first.Path, session)).Is(200);
    }

    [OwnHostFact]
    public async Task A_token_that_is_not_ours_looks_like_any_other()
    {
        var (asked, _) = await AskAsync();
        var bent = asked.Path[..^4] + "AAAA";

        var real = await PageAsync(asked.Path);
        var none = await PageAsync(bent);
        Assert.Equal((real.Status, Shape(real.Body)), (none.Status, Shape(none.Body)));

        var refused = (await Anybody.GetAsync(bent)).IsProblem(401, "verification-required");
        Assert.Matches(@"^\w•••@\S+$", refused.Text("/maskedAddress"));
        (await Anybody.PostAsync($"{bent}/code")).Is(202);
        (await Anybody.PostAsync($"{bent}/code")).IsProblem(429, "too-many-requests");
        for (var left = 4; left >= 0; left--)
        {
            Assert.Equal(left, (await VerifyPathAsync(bent, "123456")).IsProblem(422, "wrong-code")["/triesLeft"]!.GetValue<int>());
        }

        (await VerifyPathAsync(bent, "123456")).IsProblem(429, "too-many-tries");
        (await Anybody.PostAsync(bent, Approve)).IsProblem(401, "verification-required");
    }

    [OwnHostFact]
    public async Task The_link_of_an_intervention_is_none_here_and_that_of_a_task_none_there()
    {
        var intervention = await Api.InterveneAsync();
        var (task, _) = await AskAsync();

        (await Anybody.GetAsync(intervention.Path.Replace("/review/", "/task/", StringComparison.Ordinal))).IsProblem(401, "verification-required");
        var other = task.Path.Replace("/task/", "/review/", StringComparison.Ordinal);
        (await Anybody.GetAsync(other)).IsProblem(404, "link-not-found");
        (await Anybody.PostAsync(other, Approve)).IsProblem(404, "link-not-found");
        Assert.Equal(task.Path, (await PageAsync(other)).Is(303).Header("Location"));
        Assert.Equal("pending", (await Api.TaskAsync(task.TaskId)).Text("/status"));
    }

    [OwnHostTheory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Opening_sends_no_code_whoever_opens(string method)
    {
        var (asked, who) = await AskAsync();
        await MailsAsync(who);

        foreach (var path in (string[])[asked.Path, $"{asked.Path}/code", $"{asked.Path}/verify", $"{asked.Path}/fresh-link"])
        {
            await Anybody.SendAsync(new HttpMethod(method), path, null, ("Accept", "text/html"), ("User-Agent", "SafeLinks scanner"));
        }

        Assert.Single(await MailsAsync(who));
        Assert.DoesNotContain("codeSent", await KindsAsync(asked));
        Assert.DoesNotContain("opened", await KindsAsync(asked));
    }

    [OwnHostFact]
    public async Task A_person_who_opens_is_told_from_a_machine_that_fetches()
    {
        var (asked, _) = await AskAsync();
        await MailedAsync(asked);
        (string, string)[] navigation = [("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];

        await Anybody.GetAsync(asked.Path, [.. navigation, ("User-Agent", "Mozilla/5.0 BarracudaScan")]);
        Assert.DoesNotContain("opened", await KindsAsync(asked));
        await Anybody.GetAsync(asked.Path, [.. navigation, ("User-Agent", "Mozilla/5.0 (iPhone) Safari/605")]);

        Assert.Equal(["created", "mailed", "fetchedByMachine", "opened"], await KindsAsync(asked));
        Assert.DoesNotContain("127.0.0.1", (await Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline")).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Handing_over_ends_the_session_and_the_link_and_mails_the_new_assignee()
    {
        var (asked, who) = await AskAsync();
        var session = await Anybody.VerifyAsync(asked, who);
        var other = $"{Steps.Unique("heir")}@example.com";

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reassign", $$"""{ "assignee": "{{other}}" }""")).Is(204);

        (await Anybody.GetAsync(asked.Path, session)).IsProblem(410, "link-expired");
        (await Anybody.PostAsync(asked.Path, Approve, session)).IsProblem(410, "link-expired");
        var path = LinkIn((await MailsAsync(other)).Single());
        (await Anybody.GetAsync(path, session)).IsProblem(401, "verification-required");
        Assert.Equal(other, (await Api.TaskAsync(asked.TaskId)).Text("/assignee"));
        Assert.Contains("reassigned", await KindsAsync(asked));
    }
}
