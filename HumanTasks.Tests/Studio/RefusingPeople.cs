using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>A person who is refused reads a page that says why and leads on; a program reads problem details.</summary>
public class RefusingPeople(StudioHost host) : IClassFixture<StudioHost>
{
    [OwnHostTheory]
    [InlineData("GET", "/nothing/here", 404)]
    [InlineData("GET", "/studio/default/nothing/here", 404)]
    [InlineData("GET", "/studio/nowhere/tasks", 404)]
    [InlineData("GET", "/studio/default/runs/unknown", 404)]
    [InlineData("GET", "/studio/default/rule-sets/none/shown/x?version=first", 400)]
    [InlineData("GET", "/studio/default/runs?cursor=made-up", 400)]
    [InlineData("GET", "/studio/default/tasks?cursor=made-up", 400)]
    [InlineData("GET", "/studio/default/rule-sets?cursor=made-up", 400)]
    [InlineData("GET", "/studio/default/runs/unknown/cancel", 405)]
    [InlineData("DELETE", "/studio/default/tasks", 405)]
    [InlineData("POST", "/health/live", 405)]
    [InlineData("POST", "/studio/sign-in/openid-connect", 404)]
    public async Task A_member_reads_a_page_with_a_reason_and_a_way_out(string method, string path, int status)
    {
        var editor = await host.AsAsync("editor");

        var refused = await editor.AskAsync(new HttpMethod(method), path, "text/html,application/xhtml+xml,*/*;q=0.8");

        IsPage(refused, status);
        Assert.Contains("href=\"/studio", MainOf(refused), StringComparison.Ordinal);
    }

    [OwnHostTheory]
    [InlineData("GET", "/nothing/here", 404, "not-found")]
    [InlineData("GET", "/studio/default/nothing", 404, "not-found")]
    [InlineData("GET", "/studio/default/runs?cursor=made-up", 400, "invalid-query")]
    [InlineData("GET", "/studio/default/runs/unknown/cancel", 405, "method-not-allowed")]
    [InlineData("GET", "/api/runs?cursor=made-up", 400, "invalid-query")]
    public async Task A_program_reads_problem_details_at_the_same_address(string method, string path, int status, string slug) =>
        (await (await host.AsAsync("editor")).AskAsync(new HttpMethod(method), path, "application/json")).IsProblem(status, slug);

    [OwnHostTheory]
    [InlineData("text/html")]
    [InlineData("*/*")]
    public async Task The_API_stays_JSON_and_pages_stay_pages_however_they_are_asked_for(string accepted)
    {
        var editor = await host.AsAsync("editor");

        (await editor.AskAsync(HttpMethod.Get, "/api/runs?cursor=made-up", accepted)).IsProblem(400, "invalid-query");
        (await editor.AskAsync(HttpMethod.Get, "/API/Runs/unknown", accepted)).IsProblem(404, "not-found");
        IsPage(await editor.AskAsync(HttpMethod.Get, "/Studio/default/runs?cursor=made-up", accepted), 400);
    }

    [OwnHostFact]
    public async Task A_stranger_is_led_to_the_sign_in_page()
    {
        var refused = await host.Anybody.GetAsync("/nothing/here", ("Accept", "text/html"));

        IsPage(refused, 404);
        Assert.Contains("href=\"/studio/sign-in\"", MainOf(refused), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_wrong_place_in_a_list_leads_to_its_first_page_with_the_same_filter()
    {
        var refused = await (await host.AsAsync("editor")).PageAsync("/studio/default/runs?status=failed&cursor=made-up");

        IsPage(refused, 400);
        Assert.Contains("href=\"/studio/default/runs?status=failed\"", refused.Body, StringComparison.Ordinal);
    }

    [OwnHostTheory]
    [InlineData("responder", "/studio/default/rule-sets", "Responder", "Viewer, Editor, Owner")]
    [InlineData("viewer", "/studio/default/branding", "Viewer", "Owner")]
    [InlineData("editor", "/studio/default/branding", "Editor", "Owner")]
    [InlineData("responder", "/studio/default/runs", "Responder", "Viewer, Editor, Owner")]
    public async Task A_role_that_is_too_low_reads_its_role_and_those_that_are_allowed(string who, string path, string role, string allowed)
    {
        var refused = await (await host.AsAsync(who)).PageAsync(path);

        IsPage(refused, 403);
        Assert.Matches($"Your role in .* is <bdi>{role}</bdi>\\.", refused.Body);
        Assert.Contains($"This is for these roles: {allowed}.", refused.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"/studio/default\"", MainOf(refused), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_change_that_a_role_cannot_make_reads_who_can()
    {
        var refused = await (await host.AsAsync("viewer")).FormAsync("/studio/default/new-rule-set", ("name", "x"), ("definition", "{}"));

        IsPage(refused, 403);
        Assert.Contains("This is for these roles: Editor, Owner.", refused.Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_change_that_another_site_sends_or_without_the_token_of_its_page_reads_why()
    {
        var editor = await host.AsAsync("editor");

        IsPage(await editor.ForgeFormAsync("/studio/default/new-rule-set"), 400);
        foreach (var path in (string[])["/studio/sign-out", "/studio/sign-in", "/studio/default/new-rule-set"])
        {
            var refused = await editor.AskAsync(HttpMethod.Post, path, "text/html", ("Sec-Fetch-Site", "cross-site"));
            IsPage(refused, 403);
            Assert.Contains("because another website sent it", refused.Body, StringComparison.Ordinal);
        }

        IsPage(await editor.AskAsync(HttpMethod.Post, "/nothing/here", "text/html"), 404);
    }

    [OwnHostFact]
    public async Task A_change_that_is_too_large_says_so_instead_of_a_session_that_ended()
    {
        var editor = await host.AsAsync("editor");

        var refused = await editor.FormAsync("/studio/default/new-rule-set", ("name", "large"), ("definition", new string('x', 5 << 20)));

        IsPage(refused, 413);
        Assert.Contains("too large", refused.Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Who_was_signed_out_reads_so_at_the_sign_in_page_and_comes_back_to_where_they_were()
    {
        var gone = ("Cookie", "ht-session=YUBleGFtcGxlLmNvbQ.gone");

        var opened = (await host.Anybody.GetAsync("/studio/default/runs?status=failed", ("Accept", "text/html"), gone)).Is(303).Header("Location")!;
        var sent = (await host.Anybody.SendAsync(HttpMethod.Post, "/studio/sign-out", null, ("Accept", "text/html"))).Is(303).Header("Location")!;
        var first = (await host.Anybody.GetAsync("/studio/default/runs", ("Accept", "text/html"))).Is(303).Header("Location")!;

        Assert.Contains("return=%2Fstudio%2Fdefault%2Fruns%3Fstatus%3Dfailed", opened, StringComparison.Ordinal);
        foreach (var address in (string[])[opened, sent])
        {
            Assert.Contains("Your session ended", (await host.Anybody.GetAsync(address, ("Accept", "text/html"))).Is(200).Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Your session ended", (await host.Anybody.GetAsync(first, ("Accept", "text/html"))).Is(200).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Too_many_requests_are_a_page_that_leads_back_to_the_same_address()
    {
        await using var slow = await HostProcess.StartNewAsync(StudioHost.Settings.With("HumanTasks:Limits:ApiRequestsPerSecond", "1"));
        using var owner = await MemberClient.SignInByLinkAsync(slow, "owner@example.com");

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => owner.PageAsync("/studio/default/tasks?status=pending")));

        var refused = replies.First(reply => reply.Status == 429);
        IsPage(refused, 429);
        Assert.Contains("href=\"/studio/default/tasks?status=pending\"", MainOf(refused), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_refusal_has_the_security_headers_and_the_language_of_its_reader()
    {
        var refused = await (await host.AsAsync("viewer")).PageAsync("/studio/default/branding", ("Accept-Language", "de"));

        IsPage(refused, 403);
        Assert.Contains("default-src 'none'", refused.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("Ihre Rolle", refused.Body, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"de\"", refused.Body, StringComparison.Ordinal);
        Assert.Null(refused.Header("blazor-enhanced-nav"));
    }

    private static void IsPage(Reply reply, int status)
    {
        Assert.True(reply.Status == status && reply.ContentType == "text/html", $"{reply.Status} {reply.ContentType} {reply.Body}");
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(reply.Body, "<h1"));
        Assert.Contains("class=\"lead\"", reply.Body, StringComparison.Ordinal);
        Assert.Contains("class=\"button\"", MainOf(reply), StringComparison.Ordinal);
    }

    private static string MainOf(Reply reply) => reply.Body[reply.Body.IndexOf("<main", StringComparison.Ordinal)..];
}
