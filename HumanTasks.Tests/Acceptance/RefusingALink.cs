using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>The four refusals, with the same words for programs and for people.</summary>
public class RefusingALink(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Approve = """{ "decision": "approve" }""";

    [Fact]
    public async Task A_cut_or_bent_token_is_not_found()
    {
        var asked = await Api.InterveneAsync();
        var token = asked.Token;
        string[] wrong =
        [
            token[..^1],
            token[1..],
            token + "A",
            token[..^1] + Other(token[^1]),
            Other(token[0]) + token[1..],
            .. new[] { 5, 10, 20, 30, 45, token.Length - 10 }.Select(at => token[..at] + Other(token[at]) + token[(at + 1)..]),
            token.ToUpperInvariant(),
            token + "%3D",
            new string('A', token.Length),
            "x",
            new string('x', 5000),
            "%F0%9F%98%80",
        ];

        // no more than this, or the deployment takes us for somebody who guesses links
        foreach (var each in wrong.Where(each => each != token))
        {
            (await Anybody.GetAsync($"/review/{each}")).IsProblem(404, "link-not-found");
        }

        await RefusesAsync($"/review/{wrong[0]}", 404, "link-not-found", "Not found");
        (await Anybody.SubmitAsync(asked.Path, Approve)).Is(200);
    }

    [Theory]
    [InlineData(".")]
    [InlineData(")")]
    [InlineData("%3E")]
    [InlineData("%E2%80%8B")]
    [InlineData("%0D%0A")]
    public async Task A_link_that_a_mail_client_wore_out_leads_to_the_clean_address(string mark)
    {
        var asked = await Api.InterveneAsync();

        var moved = await Anybody.GetAsync(asked.Path + mark);

        Assert.Equal((303, asked.Path), (moved.Status, moved.Header("Location")));
    }

    [OwnHostFact]
    public async Task A_token_that_another_deployment_signed_is_not_found()
    {
        await using var other = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(other.Address, other.ApiKey);

        var asked = await api.InterveneAsync();

        await RefusesAsync(asked.Path, 404, "link-not-found", "Not found");
    }

    [Fact]
    public async Task A_link_whose_time_is_over_has_expired()
    {
        var asked = await Api.InterveneAsync("\"linkExpirationHours\": 0.00003,");

        await Steps.UntilAsync(() => Anybody.GetAsync(asked.Path), answer => answer.Status != 200);

        await RefusesAsync(asked.Path, 410, "link-expired", "Link has expired");
        var run = await Api.RunOverAsync(asked.RunId, "expired");
        Assert.Equal("expired", (await Api.TaskAsync(asked.TaskId)).Text("/status"));
        Assert.Empty(run["/continuations"]!.AsArray());
        await RefusesAsync(asked.Path, 410, "link-expired", "Link has expired");
    }

    [Fact]
    public async Task A_link_that_was_answered_often_enough_is_used_up()
    {
        var asked = await Api.InterveneAsync();
        (await Anybody.SubmitAsync(asked.Path, Approve)).Is(200);

        await RefusesAsync(asked.Path, 410, "link-used-up", "Already used the maximum number of times");
        await Api.RunOverAsync(asked.RunId);
        await RefusesAsync(asked.Path, 410, "link-used-up", "Already used the maximum number of times");
    }

    [Fact]
    public async Task A_link_that_was_opened_before_its_action_is_not_ready_and_works_later()
    {
        var continuation = await Api.SaveContinuationAsync();
        var name = await Api.SaveAsync($$"""
            [
              { "type": "humanTask", "name": "before", "title": "First you", "assignee": "ada@example.com",
                "form": { "fields": [{ "name": "ok", "type": "boolean" }] } },
              { "type": "humanIntervention", "name": "ask", "title": "Then others", "linkContextKey": "link",
                "form": {{Steps.DecisionForm}}, "continuation": { "ruleSet": "{{continuation}}" } }
            ]
            """);
        var started = await Api.StartAsync(name, $$"""{ "context": {{Steps.InvoiceContext}} }""");
        var path = Steps.PathOf(started.Text("/links/link"));

        await RefusesAsync(path, 425, "link-not-ready", "Not ready yet");
        var first = Assert.Single(await Api.ListAsync($"/api/tasks?runId={started.Text("/runId")}"));
        (await Api.PostAsync($"/api/tasks/{first.Text("/id")}/responses", """{ "values": { "ok": true } }""")).Is(200);

        await Steps.UntilAsync(() => Anybody.GetAsync(path), answer => answer.Status == 200);
        (await Anybody.SubmitAsync(path, Approve)).Is(200);
    }

    [Fact]
    public async Task A_link_to_an_action_that_the_run_never_came_to_has_expired()
    {
        var continuation = await Api.SaveContinuationAsync();
        var name = await Api.SaveAsync($$"""
            [
              { "type": "end", "name": "over" },
              { "type": "humanIntervention", "name": "ask", "title": "Never", "linkContextKey": "link",
                "form": {{Steps.DecisionForm}}, "continuation": { "ruleSet": "{{continuation}}" } }
            ]
            """);
        var started = await Api.StartAsync(name);
        await Api.RunOverAsync(started.Text("/runId"));

        await RefusesAsync(Steps.PathOf(started.Text("/links/link")), 410, "link-expired", "Link has expired");
    }

    [Fact]
    public async Task A_newer_link_kills_the_older_ones()
    {
        var asked = await Api.InterveneAsync();

        var issued = (await Api.PostAsync($"/api/tasks/{asked.TaskId}/link")).Is(200);

        issued.Json.MustHaveMembers("link", "expiresAt");
        Assert.NotEqual(asked.Link, issued.Text("/link"));
        await RefusesAsync(asked.Path, 410, "link-expired", "Link has expired");
        (await Anybody.SubmitAsync(Steps.PathOf(issued.Text("/link")), Approve)).Is(200);
    }

    private async Task RefusesAsync(string path, int status, string slug, string title)
    {
        Assert.Equal(title, (await Anybody.GetAsync(path)).IsProblem(status, slug).Text("/title"));
        Assert.Equal(title, (await Anybody.SubmitAsync(path, Approve)).IsProblem(status, slug).Text("/title"));
        Assert.Empty((await Anybody.SendAsync(HttpMethod.Head, path)).Is(status).Body);

        var page = (await Anybody.GetAsync(path, ("Accept", "text/html"))).Is(status);
        Assert.Equal("text/html", page.ContentType);
        Assert.Contains($"<h1>{title}</h1>", page.Body, StringComparison.Ordinal);
    }

    private static char Other(char character) => character == 'A' ? 'B' : 'A';
}
