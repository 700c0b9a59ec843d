using AngleSharp.Html.Parser;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>What members do with tasks, by the API and by the pages.</summary>
public class WorkingOnTasks(StudioHost host) : IClassFixture<StudioHost>
{
    private ApiClient Api => host.Api;

    [OwnHostFact]
    public async Task A_reminder_mails_the_link_again_and_a_second_click_does_not()
    {
        var (asked, who) = await AskAsync();

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/remind")).Is(204);

        var mails = await MailsAsync(who, 2);
        Assert.StartsWith("Reminder: ", mails[0].Text("/subject"), StringComparison.Ordinal);
        Assert.Contains(asked.Path, mails[0].Text("/text"), StringComparison.Ordinal);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/remind")).Is(204); // a second click
        Assert.Single((await Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline"))["/items"]!.AsArray(), item => (string?)item!["kind"] == "reminded");
    }

    [OwnHostFact]
    public async Task Only_what_has_an_assignee_is_handed_over_or_reminded_of()
    {
        var intervention = await Api.InterveneAsync();
        var unknown = Steps.Asked((await Api.PostAsync("/api/tasks", """{ "title": "T", "assignee": "kim@localhost", "form": { "fields": [{ "name": "a", "type": "text" }] } }""")).Is(201));

        (await Api.PostAsync($"/api/tasks/{intervention.TaskId}/reassign", """{ "assignee": "a@example.com" }""")).IsProblem(422, "task-has-no-assignee");
        (await Api.PostAsync($"/api/tasks/{intervention.TaskId}/remind")).IsProblem(422, "task-has-no-address");
        (await Api.PostAsync($"/api/tasks/{unknown.TaskId}/remind")).IsProblem(422, "task-has-no-address");
        (await Api.PostAsync($"/api/tasks/{unknown.TaskId}/reassign", "{}")).IsProblem(422, "invalid-request").HasProblemAt("/assignee");
        (await Api.PostAsync($"/api/tasks/{unknown.TaskId}/reassign", $$"""{ "assignee": "{{new string('a', 255)}}@example.com" }""")).IsProblem(422, "invalid-request");
    }

    [OwnHostFact]
    public async Task Comments_are_for_members()
    {
        var (asked, who) = await AskAsync();
        var editor = await host.AsAsync("editor");

        var comment = (await editor.PostAsync($"/api/tasks/{asked.TaskId}/comments", """{ "text": "<b>I asked</b> purchasing" }""")).Is(201);

        Assert.Equal(("editor@example.com", "Ed Editor"), (comment.Text("/by"), comment.Text("/name")));
        Assert.Equal("<b>I asked</b> purchasing", (await Api.GetAsync($"/api/tasks/{asked.TaskId}/comments")).Is(200).Text("/items/0/text"));
        var page = (await editor.PageAsync($"/studio/default/tasks/{asked.TaskId}")).Is(200);
        Assert.Contains("&lt;b&gt;I asked&lt;/b&gt;", page.Body, StringComparison.Ordinal);
        var session = await host.Anybody.VerifyAsync(asked, who);
        Assert.DoesNotContain("purchasing", (await host.Anybody.GetAsync(asked.Path, session, ("Accept", "text/html"))).Is(200).Body, StringComparison.Ordinal);
        (await editor.PostAsync($"/api/tasks/{asked.TaskId}/comments", """{ "text": "" }""")).IsProblem(422, "invalid-request");
        (await editor.PostAsync($"/api/tasks/{asked.TaskId}/comments", $$"""{ "text": "{{new string('x', 4001)}}" }""")).IsProblem(422, "invalid-request");
    }

    [OwnHostFact]
    public async Task Each_of_a_bulk_has_an_honest_result()
    {
        var (first, _) = await AskAsync();
        var (second, _) = await AskAsync();
        (await Api.PostAsync($"/api/tasks/{second.TaskId}/cancel", "{}")).Is(204);

        var bulk = (await Api.PostAsync("/api/tasks/bulk", $$"""
            { "action": "cancel", "ids": ["{{first.TaskId}}", "{{second.TaskId}}", "none"], "reason": "Not needed" }
            """)).Is(200);

        bulk["/items"].MustEqual($$"""
            [ { "id": "{{first.TaskId}}", "status": 204 },
              { "id": "{{second.TaskId}}", "status": 409, "type": "urn:humantasks:problem:task-is-over", "detail": "The task is cancelled by API key first." },
              { "id": "none", "status": 404, "type": "urn:humantasks:problem:not-found", "detail": "No such task in this environment." } ]
            """);
        Assert.Equal("Not needed", (await Api.TaskAsync(first.TaskId)).Text("/statusReason"));
        (await Api.PostAsync("/api/tasks/bulk", """{ "action": "delete", "ids": ["x"] }""")).IsProblem(422, "invalid-request").HasProblemAt("/action");
        (await Api.PostAsync("/api/tasks/bulk", """{ "action": "cancel", "ids": [] }""")).IsProblem(422, "invalid-request").HasProblemAt("/ids");
        (await Api.PostAsync("/api/tasks/bulk", """{ "action": "reassign", "ids": ["x"] }""")).IsProblem(422, "invalid-request").HasProblemAt("/assignee");
    }

    [OwnHostFact]
    public async Task Two_members_at_once_one_wins_and_the_other_sees_who_and_what()
    {
        var (asked, _) = await AskAsync();
        var (editor, owner) = (await host.AsAsync("editor"), await host.AsAsync("owner"));
        var page = $"/studio/default/tasks/{asked.TaskId}";

        (await editor.FormAsync($"{page}/answer", ("decision", "approve"))).Is(303);
        var late = (await owner.FormAsync($"{page}/answer", ("decision", "reject"), ("reason", "mine"))).Is(409);

        Assert.Contains("This task is closed. Status: Completed (editor@example.com).", new HtmlParser().ParseDocument(late.Body).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Approve", late.Body, StringComparison.Ordinal);
        Assert.Contains("What you typed", late.Body, StringComparison.Ordinal);
        Assert.Contains(">mine</dd>", late.Body, StringComparison.Ordinal);
        (await owner.PostAsync($"/api/tasks/{asked.TaskId}/responses", """{ "values": { "decision": "approve" } }""")).IsProblem(409, "task-is-over");
        Assert.Single((await Api.TaskAsync(asked.TaskId))["/responses"]!.AsArray());
    }

    [OwnHostFact]
    public async Task A_wrong_answer_in_the_Studio_keeps_what_was_typed()
    {
        var (asked, _) = await AskAsync();
        var editor = await host.AsAsync("editor");

        var again = (await editor.FormAsync($"/studio/default/tasks/{asked.TaskId}/answer", ("amount", "-1"), ("reason", "typed before"))).Is(422);

        Assert.Contains("typed before", again.Body, StringComparison.Ordinal);
        Assert.Contains("id=\"problems\"", again.Body, StringComparison.Ordinal);
        Assert.Contains("Sign out", again.Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_list_that_did_not_change_is_not_sent_again()
    {
        var word = Steps.Unique("etag");
        var editor = await host.AsAsync("editor");
        var path = $"/studio/default/tasks?status=pending&q={word}";
        var (asked, _) = await AskAsync(word);

        var first = (await editor.PageAsync(path)).Is(200);
        (await editor.PageAsync(path, ("If-None-Match", first.Header("ETag")!))).Is(304);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", "{}")).Is(204);
        var changed = (await editor.PageAsync(path, ("If-None-Match", first.Header("ETag")!))).Is(200);

        Assert.DoesNotContain(asked.TaskId, changed.Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Filter_and_view_are_in_the_address_and_remembered()
    {
        var editor = await host.AsAsync("editor");
        const string Path = "/studio/default/tasks?status=completed&sort=dueAt&mine=true&view=table";

        var remembered = (await editor.PageAsync(Path)).Is(200).Cookie("ht-tasks");

        using var again = new ApiClient(host.Address);
        var back = (await again.GetAsync("/studio/default/tasks", ("Accept", "text/html"), ("Cookie", $"{editor.Session}; {remembered}"))).Is(303);
        Assert.Equal(Path, back.Header("Location"));
        var forged = (await again.GetAsync("/studio/default/tasks", ("Accept", "text/html"), ("Cookie", $"{editor.Session}; ht-tasks=?status=none&q=%0d%0aSet-Cookie:x"))).Is(303);
        Assert.DoesNotContain('\n', forged.Header("Location")!);
    }

    [OwnHostFact]
    public async Task A_bulk_of_the_page_shows_what_became_of_each()
    {
        var (first, _) = await AskAsync();
        var (second, _) = await AskAsync();
        var editor = await host.AsAsync("editor");
        var heir = $"{Steps.Unique("heir")}@example.com";

        var result = (await editor.FormAsync(
            "/studio/default/tasks/bulk", ("action", "reassign"), ("assignee", heir), ("ids", first.TaskId), ("ids", second.TaskId), ("ids", "none"))).Is(200);

        Assert.Equal(2, result.Body.Split("Done</span>").Length - 1);
        Assert.Contains("No such task in this environment.", result.Body, StringComparison.Ordinal);
        Assert.Equal(heir, (await Api.TaskAsync(second.TaskId)).Text("/assignee"));
        (await editor.FormAsync("/studio/default/tasks/bulk", ("action", "cancel"))).Is(422);
    }

    [OwnHostFact]
    public async Task What_a_page_does_is_done_once_and_said()
    {
        var (asked, _) = await AskAsync();
        var editor = await host.AsAsync("editor");
        var page = $"/studio/default/tasks/{asked.TaskId}";
        var heir = $"{Steps.Unique("heir")}@example.com";

        Assert.Equal($"{page}?said=reminded", (await editor.FormAsync($"{page}/remind")).Is(303).Header("Location"));
        Assert.Equal($"{page}?said=reassigned", (await editor.FormAsync($"{page}/reassign", ("assignee", heir))).Is(303).Header("Location"));
        Assert.Equal($"{page}?said=reissued", (await editor.FormAsync($"{page}/link")).Is(303).Header("Location"));
        Assert.Equal($"{page}?said=commented#comments-title", (await editor.FormAsync($"{page}/comments", ("text", "ok"))).Is(303).Header("Location"));
        Assert.Equal($"{page}?said=cancelled", (await editor.FormAsync($"{page}/cancel", ("reason", "enough"))).Is(303).Header("Location"));
        (await editor.FormAsync($"{page}/remind")).Is(409);
        var shown = (await editor.PageAsync($"{page}?said=cancelled")).Is(200);
        Assert.Contains("Task cancelled.", shown.Body, StringComparison.Ordinal);
        Assert.Contains("enough", shown.Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task The_overview_counts()
    {
        await using var fresh = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(fresh.Address, fresh.ApiKey);
        var before = await Steps.UntilAsync(() => api.GetAsync("/api/overview"), reply => Number(reply, "/pending") == 1);
        Assert.Equal((1, 0, 0), (Number(before, "/pending"), Number(before, "/overdue"), Number(before, "/answeredToday")));
        Assert.Null(before["/medianMinutesToAnswer"]);
        var answered = await api.AssignAsync();
        (await api.PostAsync($"/api/tasks/{answered.TaskId}/responses", """{ "values": { "decision": "approve" } }""")).Is(200);
        await api.AssignAsync("\"dueInHours\": 0.00001,");
        var failing = await api.SaveAsync("""[{ "type": "end", "name": "no", "status": "failed", "output": "no" }]""");
        await api.StartAsync(failing);

        var now = await Steps.UntilAsync(() => api.GetAsync("/api/overview"), reply => Number(reply, "/overdue") == 1);

        Assert.Equal((2, 1, 1), (Number(now, "/pending"), Number(now, "/answeredToday"), Number(now, "/failedRuns")));
        Assert.Equal(24, now["/byHour"]!.AsArray().Count);
        Assert.Equal(1, now["/byHour"]!.AsArray().Sum(hour => hour!["answered"]!.GetValue<int>()));
        Assert.InRange(now["/medianMinutesToAnswer"]!.GetValue<double>(), 0, 1);
    }

    private static int Number(Reply reply, string pointer) => reply[pointer]!.GetValue<int>();

    private async Task<(Asked Asked, string Who)> AskAsync(string title = "Approve it")
    {
        var who = $"{Steps.Unique("who")}@example.com";
        return (Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
            { "title": "{{title}}", "assignee": "{{who}}", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}} }
            """)).Is(201)), who);
    }

    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> MailsAsync(string who, int count)
    {
        IEnumerable<System.Text.Json.Nodes.JsonNode> Of(Reply outbox) =>
            outbox["/items"]!.AsArray().OfType<System.Text.Json.Nodes.JsonNode>().Where(mail => mail.Text("/to/0") == who);
        return [.. Of(await Steps.UntilAsync(() => host.Anybody.GetAsync("/dev/mail"), outbox => Of(outbox).Count() >= count))];
    }
}
