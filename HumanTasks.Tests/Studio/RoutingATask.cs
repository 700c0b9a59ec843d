using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>Several people and one task, over HTTP: by their own links, by the API and in the Studio.</summary>
public class RoutingATask(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Form = """{ "fields": [{ "name": "note", "type": "text", "label": "Note", "required": true }] }""";

    private ApiClient Api => host.Api;

    private ApiClient Anybody => host.Anybody;

    [OwnHostFact]
    public async Task Each_answers_by_a_link_of_their_own_and_the_outcome_lists_who_said_what()
    {
        var (ann, bob) = (Who("ann"), Who("bob"));
        var asked = (await AskAsync($$""" "assignees": ["{{ann}}", "{{bob}}"], "need": "all" """)).Is(201);
        var links = asked["/links"]!.AsObject();
        Assert.Equal(2, links.Select(link => (string?)link.Value).Distinct().Count());

        await AnswerAsync((string)links[ann]!, ann, "yes from ann");
        var half = await Api.TaskAsync(asked.Text("/taskId"));
        Assert.Equal(("pending", "completed", "pending", 2), (
            half.Text("/status"), half.Text("/assignees/0/status"), half.Text("/assignees/1/status"), half["/need"]!.GetValue<int>()));
        Assert.Equal("paused", (await Api.RunAsync(asked.Text("/runId"))).Text("/status"));
        await AnswerAsync((string)links[bob]!, bob, "yes from bob");

        var run = await Steps.UntilAsync(() => Api.GetAsync($"/api/runs/{asked.Text("/runId")}"), reply => reply.Text("/status") == "completed");
        Assert.Equal([$"{ann} yes from ann", $"{bob} yes from bob"], run["/context/ask/answers"]!.AsArray()
            .Select(answer => $"{answer!["by"]} {answer["values"]!["note"]}"));
    }

    [OwnHostFact]
    public async Task A_session_at_one_seat_is_none_at_another()
    {
        var (ann, bob) = (Who("ann"), Who("bob"));
        var links = (await AskAsync($$""" "assignees": ["{{ann}}", "{{bob}}"], "need": "all" """)).Is(201)["/links"]!.AsObject();
        var session = await SessionAsync(PathOf((string)links[ann]!), ann);

        (await Anybody.GetAsync(PathOf((string)links[ann]!), session)).Is(200);
        (await Anybody.GetAsync(PathOf((string)links[bob]!), session)).IsProblem(401, "verification-required");
        (await Anybody.PostAsync(PathOf((string)links[bob]!), """{ "values": { "note": "forged" } }""", session)).IsProblem(401, "verification-required");
    }

    [OwnHostFact]
    public async Task The_API_answers_for_one_of_several_only_by_name_and_once()
    {
        var (ann, bob) = (Who("ann"), Who("bob"));
        var asked = (await AskAsync($$""" "assignees": ["{{ann}}", "{{bob}}"], "need": 2, "veto": true """)).Is(201);
        var path = $"/api/tasks/{asked.Text("/taskId")}/responses";

        (await Api.PostAsync(path, """{ "values": { "note": "x" } }""")).IsProblem(403, "not-an-assignee");
        (await Api.PostAsync(path, """{ "values": { "note": "x" }, "by": "eve@example.com" }""")).IsProblem(403, "not-an-assignee");
        (await Api.PostAsync(path, $$"""{ "values": { "note": "x" }, "by": "{{ann.ToUpperInvariant()}}" }""")).Is(200);
        var again = (await Api.PostAsync(path, $$"""{ "values": { "note": "x" }, "by": "{{ann}}" }""")).IsProblem(409, "task-is-over");
        Assert.Contains("Other assignees are still pending", again.Text("/detail"), StringComparison.Ordinal);
        var reject = $"/api/tasks/{asked.Text("/taskId")}/reject";
        (await Api.PostAsync(reject, """{ "reason": "No" }""")).IsProblem(403, "not-an-assignee");
        (await Api.PostAsync(reject, $$"""{ "reason": "No", "by": "{{bob}}" }""")).Is(204);
        var task = await Api.TaskAsync(asked.Text("/taskId"));
        Assert.Equal(("rejected", bob), (task.Text("/status"), task.Text("/responses/1/by")));
    }

    [OwnHostFact]
    public async Task Candidates_take_a_task_and_give_it_back_by_link_and_by_API()
    {
        var (ann, bob) = (Who("ann"), Who("bob"));
        var asked = (await AskAsync($$""" "candidates": ["{{ann}}", "{{bob}}"] """)).Is(201);
        var (id, links) = (asked.Text("/taskId"), asked["/links"]!.AsObject());
        var (annPath, bobPath) = (PathOf((string)links[ann]!), PathOf((string)links[bob]!));
        var annSession = await SessionAsync(annPath, ann);
        var bobSession = await SessionAsync(bobPath, bob);

        (await Anybody.PostAsync($"{annPath}/claim", "{}", annSession)).Is(204);
        Assert.Equal(ann, (await Api.TaskAsync(id)).Text("/claimedBy"));
        var refused = (await Anybody.PostAsync(bobPath, """{ "values": { "note": "mine" } }""", bobSession)).IsProblem(409, "task-claimed");
        Assert.DoesNotContain(ann, refused.Body, StringComparison.Ordinal);
        (await Api.PostAsync($"/api/tasks/{id}/claim", $$"""{ "by": "{{bob}}" }""")).IsProblem(409, "task-claimed");
        (await Api.PostAsync($"/api/tasks/{id}/claim", "{}")).IsProblem(403, "not-an-assignee");

        (await Anybody.PostAsync($"{annPath}/release", "{}", annSession)).Is(204);
        (await Api.PostAsync($"/api/tasks/{id}/claim", $$"""{ "by": "{{bob}}" }""")).Is(204);
        (await Anybody.PostAsync(bobPath, """{ "values": { "note": "mine" } }""", bobSession)).Is(200);
        Assert.Equal("completed", (await Api.TaskAsync(id)).Text("/status"));
    }

    [OwnHostFact]
    public async Task An_assignee_passes_a_task_on_with_a_note_and_their_own_link_dies()
    {
        var (ann, bob) = (Who("ann"), Who("bob"));
        var asked = (await AskAsync($$""" "assignee": "{{ann}}", "delegateTo": ["@example.com"] """)).Is(201);
        var path = PathOf(asked.Text("/link"));
        var session = await SessionAsync(path, ann);

        (await Anybody.PostAsync($"{path}/delegate", """{ "assignee": "x@evil.example" }""", session)).IsProblem(422, "assignee-not-allowed");
        (await Anybody.PostAsync($"{path}/delegate", $$"""{ "assignee": "{{bob}}" }""")).IsProblem(401, "verification-required");
        (await Anybody.PostAsync($"{path}/delegate", $$"""{ "assignee": "{{bob}}", "note": "You know <b>him</b>." }""", session)).Is(204);

        var dead = (await Anybody.GetAsync(path, session)).IsProblem(410, "link-expired");
        Assert.Contains("reassigned to someone else", dead.Text("/detail"), StringComparison.Ordinal);
        Assert.DoesNotContain(bob, dead.Body, StringComparison.Ordinal);
        var mail = await MailAsync(bob);
        Assert.Contains("You know <b>him</b>.", mail.Text("/text"), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>him", mail.Text("/html"), StringComparison.Ordinal);
        var happened = (await Api.GetAsync($"/api/tasks/{asked.Text("/taskId")}/timeline"))["/items"]!.AsArray()
            .Single(item => (string?)item!["kind"] == "delegated");
        Assert.Equal((ann, $"{bob}: You know <b>him</b>."), ((string?)happened!["by"], (string?)happened["detail"]));
    }

    [OwnHostFact]
    public async Task Who_did_not_answer_before_it_was_decided_is_told_so()
    {
        var (ann, bob) = (Who("ann"), Who("bob"));
        var links = (await AskAsync($$""" "assignees": ["{{ann}}", "{{bob}}"] """)).Is(201)["/links"]!.AsObject();

        await AnswerAsync((string)links[ann]!, ann, "first");

        var late = (await Anybody.GetAsync(PathOf((string)links[bob]!))).IsProblem(410, "link-used-up");
        Assert.Contains("Enough people have responded to decide this", late.Text("/detail"), StringComparison.Ordinal);
        Assert.Contains("If you responded", (await Anybody.GetAsync(PathOf((string)links[ann]!))).Text("/detail"), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Somebody_else_is_asked_for_one_of_several()
    {
        var (ann, bob, eve) = (Who("ann"), Who("bob"), Who("eve"));
        var id = (await AskAsync($$""" "assignees": ["{{ann}}", "{{bob}}"], "need": "all" """)).Is(201).Text("/taskId");

        (await Api.PostAsync($"/api/tasks/{id}/reassign", $$"""{ "assignee": "{{eve}}" }""")).IsProblem(422, "assignee-not-allowed");
        (await Api.PostAsync($"/api/tasks/{id}/reassign", $$"""{ "assignee": "{{eve}}", "from": "{{bob}}" }""")).Is(204);
        var links = (await Api.PostAsync($"/api/tasks/{id}/link", $$"""{ "assignee": "{{eve}}" }""")).Is(200);

        Assert.Equal(links.Text("/link"), (string?)links["/links"]![eve]);
        foreach (var (who, count) in ((string, int)[])[(ann, 1), (eve, 1), (bob, 0)])
        {
            Assert.Equal(count, (await Api.GetAsync($"/api/tasks?assignee={who}"))["/items"]!.AsArray().Count);
        }
    }

    [OwnHostFact]
    public async Task Four_eyes_hold_by_API_too()
    {
        var (ann, req) = (Who("ann"), Who("req"));
        var id = (await AskAsync($$""" "assignee": "{{ann}}", "notSameAs": "requester", "context": { "requester": "{{req}}" } """)).Is(201).Text("/taskId");

        (await Api.PostAsync($"/api/tasks/{id}/responses", $$"""{ "values": { "note": "x" }, "by": "{{req}}" }""")).IsProblem(403, "same-person");
        (await Api.PostAsync($"/api/tasks/{id}/responses", """{ "values": { "note": "x" } }""")).IsProblem(403, "not-an-assignee");
        (await Api.PostAsync($"/api/tasks/{id}/reassign", $$"""{ "assignee": "{{req}}" }""")).IsProblem(422, "assignee-not-allowed");
        (await Api.PostAsync($"/api/tasks/{id}/responses", $$"""{ "values": { "note": "x" }, "by": "{{ann}}" }""")).Is(200);
    }

    [OwnHostTheory]
    [InlineData(""" "assignees": [] """, "/assignees")]
    [InlineData(""" "assignees": ["a@example.com"], "assignee": "b@example.com" """, "/assignees")]
    [InlineData(""" "assignees": ["a@example.com"], "need": "most" """, "/need")]
    [InlineData(""" "assignees": ["a@example.com"], "need": 0 """, "/need")]
    [InlineData(""" "assignees": ["a@example.com"], "need": 2 """, "/need")]
    [InlineData(""" "assignee": "a@example.com", "need": 1 """, "/need")]
    [InlineData(""" "assignee": "a@example.com", "veto": true """, "/veto")]
    [InlineData(""" "assignee": "a@example.com", "remind": [1] """, "/remind")]
    [InlineData(""" "assignee": "a@example.com", "remind": ["soon"], "dueInHours": 2 """, "/remind/0")]
    [InlineData(""" "assignee": "a@example.com", "dueInHours": 2, "escalate": { "afterHours": 1 } """, "/escalate/to")]
    [InlineData(""" "assignee": "a@example.com", "workingHours": { "from": "17:00", "to": "09:00", "timeZone": "UTC" } """, "/workingHours/to")]
    [InlineData(""" "assignee": "a@example.com", "workingHours": { "from": "09:00", "to": "17:00", "timeZone": "Mars/Olympus" } """, "/workingHours/timeZone")]
    [InlineData(""" "assignee": "a@example.com", "workingHours": { "from": "09:00", "to": "17:00", "timeZone": "UTC", "holidays": ["25.12."] } """, "/workingHours/holidays/0")]
    [InlineData(""" "assignee": "a@example.com", "default": { "values": { "note": "x" } } """, "/default")]
    [InlineData(""" "assignee": "a@example.com", "expiresInHours": 1, "default": { "values": { } } """, "/default/values/note")]
    [InlineData(""" "assignee": "a@example.com", "channels": ["nowhere"] """, "/channels/0")]
    [InlineData(""" "assignee": "a@example.com", "notSameAs": ["no path!"] """, "/notSameAs/0")]
    public async Task What_cannot_be_meant_is_refused_at_its_place(string members, string pointer) =>
        (await AskAsync(members)).IsProblem(422, "invalid-request").HasProblemAt(pointer);

    [OwnHostFact]
    public async Task A_task_whose_people_cannot_be_asked_is_not_made() =>
        Assert.Equal(422, (await AskAsync(""" "assignees": ["{{who}}"], "need": 2, "context": { "who": ["a@example.com"] } """)).Status);

    [OwnHostFact]
    public async Task Silence_counts_as_an_answer_and_says_so_everywhere()
    {
        var ann = Who("ann");
        var asked = (await AskAsync($$""" "assignee": "{{ann}}", "expiresInHours": 0.0004, "default": { "values": { "note": "fine" }, "reason": "Silence is consent." } """)).Is(201);

        var run = await Steps.UntilAsync(() => Api.GetAsync($"/api/runs/{asked.Text("/runId")}"), reply => reply.Text("/status") == "completed");
        Assert.True(run["/context/ask/defaulted"]!.GetValue<bool>());
        var task = await Api.TaskAsync(asked.Text("/taskId"));
        Assert.Equal(("completed", true, true), (task.Text("/status"), task["/defaulted"]!.GetValue<bool>(), task["/responses/0/defaulted"]!.GetValue<bool>()));
        Assert.Equal("defaulted", task["/timeline"]!.AsArray()[^1]!.Text("/kind"));
        Assert.Equal("defaulted", (await Api.GetAsync($"/api/runs/{asked.Text("/runId")}/receipts")).Is(200).Text("/items/0/kind"));
        (await Anybody.GetAsync(PathOf(asked.Text("/link")))).IsProblem(410, "link-expired");
        Assert.Contains("No response before the deadline", (await MailAsync(ann)).Text("/text"), StringComparison.Ordinal);
    }

    private Task<Reply> AskAsync(string members) =>
        Api.PostAsync("/api/tasks", $$"""{ "title": "Look at it", "form": {{Form}}, {{members}} }""");

    private async Task AnswerAsync(string link, string who, string note)
    {
        var path = PathOf(link);
        var session = await SessionAsync(path, who);
        (await Anybody.PostAsync(path, new JsonObject { ["values"] = new JsonObject { ["note"] = note } }.ToJsonString(), session)).Is(200);
        (await Anybody.GetAsync(path, session)).IsProblem(410, "link-used-up");
    }

    private async Task<(string, string)> SessionAsync(string path, string who)
    {
        (await Anybody.PostAsync($"{path}/code")).Is(202);
        var verified = await Anybody.PostAsync($"{path}/verify", $$"""{ "code": "{{await Anybody.CodeAsync(who)}}" }""");
        return ("Cookie", verified.Is(204).Cookie("ht-task"));
    }

    private async Task<JsonNode> MailAsync(string who)
    {
        IEnumerable<JsonNode> Of(Reply outbox) => outbox["/items"]!.AsArray().OfType<JsonNode>().Where(mail => mail.Text("/to/0") == who);
        return Of(await Steps.UntilAsync(() => Anybody.GetAsync("/dev/mail"), outbox => Of(outbox).Any())).First();
    }

    private static string Who(string name) => $"{Steps.Unique(name)}@example.com";

    private static string PathOf(string link) => new Uri(link).PathAndQuery;
}
