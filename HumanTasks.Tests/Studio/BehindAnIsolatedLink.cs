using System.Text.RegularExpressions;
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
    public async Task A_code_is_good_once_and_for_its_own_task()
    {
        var who = $"{Steps.Unique("once")}@example.com";
        var (first, _) = await AskAsync(who);
        var (second, _) = await AskAsync(who);
        (await Anybody.PostAsync($"{first.Path}/code")).Is(202);
        var code = await Anybody.CodeAsync(who, first.CorrelationId);

        (await VerifyAsync(second, code)).IsProblem(410, "code-expired");
        (await VerifyAsync(first, code)).Is(204);
        (await VerifyAsync(first, code)).IsProblem(410, "code-expired");
    }

    [OwnHostFact]
    public async Task Guessing_ends_after_five_tries_however_many_guess_at_once()
    {
        var (asked, who) = await AskAsync();
        (await Anybody.PostAsync($"{asked.Path}/code")).Is(202);
        var code = await Anybody.CodeAsync(who);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => VerifyAsync(asked, Wrong(code))));

        Assert.Equal(5, guesses.Count(guess => guess.Status == 422));
        Assert.All(guesses.Where(guess => guess.Status != 422), guess => guess.IsProblem(429, "too-many-tries"));
        var late = (await VerifyAsync(asked, code)).IsProblem(429, "too-many-tries");
        Assert.True(int.Parse(late.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) > 60);
        (await Anybody.PostAsync($"{asked.Path}/code")).IsProblem(429, "too-many-tries");
    }

    [OwnHostFact]
    public async Task Another_code_must_be_waited_for()
    {
        var (asked, _) = await AskAsync();
        (await Anybody.PostAsync($"{asked.Path}/code")).Is(202);

        var refused = (await Anybody.PostAsync($"{asked.Path}/code")).IsProblem(429, "too-many-requests");

        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 20, 30);
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

    [OwnHostFact]
    public async Task Cancelling_and_issuing_the_link_again_end_the_session()
    {
        var (cancelled, who) = await AskAsync();
        var first = await Anybody.VerifyAsync(cancelled, who);
        var (reissued, other) = await AskAsync();
        var second = await Anybody.VerifyAsync(reissued, other);

        (await Api.PostAsync($"/api/tasks/{cancelled.TaskId}/cancel", "{}")).Is(204);
        var link = (await Api.PostAsync($"/api/tasks/{reissued.TaskId}/link")).Is(200).Text("/link");

        (await Anybody.GetAsync(cancelled.Path, first)).IsProblem(410, "link-expired");
        (await Anybody.GetAsync(reissued.Path, second)).IsProblem(410, "link-expired");
        (await Anybody.GetAsync(Steps.PathOf(link), second)).IsProblem(401, "verification-required");
    }

    [OwnHostFact]
    public async Task A_member_with_that_address_goes_straight_through_and_no_other_member_does()
    {
        var (asked, _) = await AskAsync("editor@example.com");
        var (editor, viewer) = (await host.AsAsync("editor"), await host.AsAsync("viewer"));

        (await viewer.GetAsync(asked.Path)).IsProblem(401, "verification-required");
        (await editor.GetAsync(asked.Path)).Is(200);
        (await editor.PostAsync(asked.Path, Approve)).Is(200);

        Assert.Equal("editor@example.com", (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/by"));
    }

    [OwnHostFact]
    public async Task The_same_submission_twice_is_answered_alike_though_the_session_is_over()
    {
        var (asked, who) = await AskAsync();
        var session = await Anybody.VerifyAsync(asked, who);

        var first = (await Anybody.PostAsync(asked.Path, Approve, session, ("Idempotency-Key", "one"))).Is(200);
        var again = (await Anybody.PostAsync(asked.Path, Approve, session, ("Idempotency-Key", "one"))).Is(200);

        Assert.Equal(first.Body, again.Body);
        (await Anybody.PostAsync(asked.Path, Approve, ("Idempotency-Key", "one"))).IsProblem(410, "link-used-up");
    }

    [OwnHostFact]
    public async Task Without_a_script_a_person_gets_from_the_mail_to_the_receipt()
    {
        var (asked, who) = await AskAsync();
        using var person = new Visitor(host.Address);

        var page = (await person.OpenAsync(asked.Path)).Is(401);
        Assert.DoesNotContain(who, page.Reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("R-17", page.Reply.Body, StringComparison.Ordinal);
        (await person.PostAsync($"{asked.Path}/code", page)).Is(303);
        page = (await person.OpenAsync(asked.Path)).Is(401);
        Assert.NotNull(page.Document.QuerySelector("input[autocomplete=one-time-code]"));
        var code = await Anybody.CodeAsync(who);
        var wrong = (await person.PostAsync($"{asked.Path}/verify", page, ("code", Wrong(code)))).Is(422);
        Assert.Contains("4 attempts left", wrong.Text, StringComparison.Ordinal);
        (await person.PostAsync($"{asked.Path}/verify", wrong, ("code", $" {code[..3]} {code[3..]} "))).Is(303);
        var form = (await person.OpenAsync(asked.Path)).Is(200).Fill("decision", "approve");
        var receipt = (await person.SendAndFollowAsync(form)).Is(200);

        Assert.Contains("Thank you", receipt.Heading, StringComparison.Ordinal);
        (await person.OpenAsync(asked.Path)).Is(410);
        using var another = new Visitor(host.Address);
        (await another.OpenAsync(receipt.Path)).Is(410);
    }

    [OwnHostFact]
    public async Task A_form_of_another_site_does_nothing()
    {
        var (asked, who) = await AskAsync();
        await MailsAsync(who);

        (await Anybody.SendAsync(HttpMethod.Post, $"{asked.Path}/code", null, ("Accept", "text/html"))).Is(400);
        (await Anybody.SendAsync(HttpMethod.Post, $"{asked.Path}/code", null, ("Sec-Fetch-Site", "cross-site"))).IsProblem(403, "cross-site-request");
        (await Anybody.SendAsync(HttpMethod.Post, $"{asked.Path}/fresh-link", null, ("Accept", "text/html"))).Is(400);

        Assert.Single(await MailsAsync(who));
    }

    [OwnHostFact]
    public async Task A_link_that_expired_is_renewed_to_the_assigned_address_only_and_never_beyond_the_run()
    {
        var (asked, who) = await AskAsync(more: "\"expiresInHours\": 0.0002,");
        await Api.RunOverAsync(asked.RunId, "expired");
        (await Anybody.GetAsync(asked.Path)).IsProblem(410, "link-expired");
        Assert.Contains("Send new link", (await PageAsync(asked.Path)).Is(410).Body, StringComparison.Ordinal);

        (await Anybody.PostAsync($"{asked.Path}/fresh-link")).Is(202);
        (await Anybody.PostAsync($"{asked.Path}/fresh-link")).Is(202);

        var mails = await MailsAsync(who, 3);
        Assert.Equal(3, mails.Count); // the link, that its time is over, the new one
        var fresh = LinkIn(mails.First(mail => mail.Text("/subject").StartsWith("Your new link", StringComparison.Ordinal)));
        Assert.NotEqual(asked.Path, fresh);
        var run = (await Api.RunAsync(asked.RunId))!;
        Assert.Equal("paused", run.Text("/status"));
        var task = await Api.TaskAsync(asked.TaskId);
        Assert.True(task["/expiresAt"]!.GetValue<DateTimeOffset>() <= run["/availableUntil"]!.GetValue<DateTimeOffset>());
        var renewed = asked with { Link = new Uri(host.Address, fresh).ToString() };
        var session = await Anybody.VerifyAsync(renewed, who);
        (await Anybody.PostAsync(fresh, Approve, session)).Is(200);
        await Api.RunOverAsync(asked.RunId);
    }

    [OwnHostFact]
    public async Task A_fresh_link_is_answered_alike_where_there_is_none()
    {
        var (asked, who) = await AskAsync();
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", "{}")).Is(204);

        var mine = (await Anybody.PostAsync($"{asked.Path}/fresh-link")).Is(202);
        var none = (await Anybody.PostAsync($"{asked.Path[..^4]}AAAA/fresh-link")).Is(202);

        Assert.Equal(mine.Body, none.Body);
        Assert.Single(await MailsAsync(who));
    }

    private async Task<(Asked Asked, string Who)> AskAsync(string? who = null, string more = "")
    {
        who ??= $"{Steps.Unique("who")}@example.com";
        var reply = (await Api.PostAsync("/api/tasks", $$"""
            { {{more}} "title": "Approve invoice {{"{{invoice.number}}"}}", "assignee": "{{who}}", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}} }
            """)).Is(201);
        return (Steps.Asked(reply), who);
    }

    /// <summary>The mails to an address that are no codes, newest first, once there are as many.</summary>
    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> MailsAsync(string who, int count = 1)
    {
        IEnumerable<System.Text.Json.Nodes.JsonNode> Of(Reply outbox) => outbox["/items"]!.AsArray().OfType<System.Text.Json.Nodes.JsonNode>()
            .Where(mail => mail.Text("/to/0") == who && !mail.Text("/subject").StartsWith("Your code", StringComparison.Ordinal));
        return [.. Of(await Steps.UntilAsync(() => Anybody.GetAsync("/dev/mail"), outbox => Of(outbox).Count() >= count))];
    }

    private static string LinkIn(System.Text.Json.Nodes.JsonNode mail) =>
        new Uri(LinkPattern().Match(mail.Text("/text")).Value).PathAndQuery;

    /// <summary>Emails are sent behind the answer of the request that made the task.</summary>
    private Task MailedAsync(Asked asked) =>
        Steps.UntilAsync(() => Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline"), reply => reply.Body.Contains("\"mailed\"", StringComparison.Ordinal));

    private async Task<string[]> KindsAsync(Asked asked) =>
        [.. (await Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline")).Is(200)["/items"]!.AsArray().Select(item => item!["kind"]!.GetValue<string>())];

    private Task<Reply> VerifyAsync(Asked asked, string code) => VerifyPathAsync(asked.Path, code);

    private Task<Reply> VerifyPathAsync(string path, string code) => Anybody.PostAsync($"{path}/verify", $$"""{ "code": "{{code}}" }""");

    private Task<Reply> PageAsync(string path) => Anybody.GetAsync(path, ("Accept", "text/html"));

    private static string Wrong(string code) => code == "111111" ? "222222" : "111111";

    /// <summary>A page without what differs by chance: tokens and addresses.</summary>
    private static string Shape(string html) => TokenPattern().Replace(html, "…");

    [GeneratedRegex(@"http://\S+/task/\S+")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("""CfDJ8[\w-]+|/task/[\w-]+|\w(•|&#x2022;){3}@[\w.-]+""")]
    private static partial Regex TokenPattern();
}
