using System.Text;
using HumanTasks.Core;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>
/// Roles and environments on every route that the application has: the cases come from its own table of routes, so a new
/// route is tried as soon as it is mapped.
/// </summary>
public class KeepingMembersApart(StudioHost host) : IClassFixture<StudioHost>
{
    /// <summary>A body that a route takes, by the end of its pattern; an empty object for others.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["/answer"] = """{ "values": { "note": "x" } }""",
        ["/responses"] = """{ "values": { "note": "x" } }""",
        ["/reassign"] = """{ "assignee": "eve@example.com" }""",
        ["/delegate"] = """{ "assignee": "eve@example.com" }""",
        ["/comments"] = """{ "text": "x" }""",
        ["/bulk"] = """{ "action": "cancel", "ids": ["{task}"] }""",
        ["/runs/cancel"] = """{ "correlationId": "{correlation}" }""",
    };

    /// <summary>What anybody who is signed in does with their own session.</summary>
    private static readonly string[] OfOneself = ["/api/me", "/studio/sign-out", "/studio/sessions", "/studio"];

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static Foreign? foreign;

    public static TheoryData<Route> GuardedRoutes { get; } = [.. RoutesOfTheHouse.Guarded];

    public static TheoryData<Route> RoutesOfAnEnvironment { get; } = [.. RoutesOfTheHouse.Guarded.Where(route => !IsOfOneself(route))];

    public static TheoryData<Route> ChangingRoutes { get; } =
        [.. RoutesOfTheHouse.Guarded.Where(route => !route.IsReading && !IsOfOneself(route))];

    [Fact]
    public void Every_route_of_the_API_and_of_the_Studio_asks_who_calls()
    {
        var open = RoutesOfTheHouse.All
            .Where(item => !item.IsGuarded)
            .Select(item => item.Route.Pattern)
            .Where(pattern => pattern.StartsWith("/api", StringComparison.Ordinal)
                || (pattern.StartsWith("/studio", StringComparison.Ordinal) && !pattern.StartsWith("/studio/sign-in", StringComparison.Ordinal)));

        Assert.Empty(open);
        Assert.True(RoutesOfTheHouse.Guarded.Count() > 60, "The table of routes is not read.");
    }

    [OwnHostTheory]
    [MemberData(nameof(GuardedRoutes))]
    public async Task Nobody_gets_in_without_a_key_or_a_session(Route route)
    {
        var there = await ForeignAsync();

        var reply = await host.Anybody.SendAsync(
            new HttpMethod(route.Method), PathOf(route, there, "default"), Body(route, there), ("Accept", IsPage(route) ? "text/html" : "application/json"));

        Assert.Equal(IsPage(route) ? 303 : 401, reply.Status);
        if (IsPage(route))
        {
            Assert.StartsWith("/studio/sign-in", reply.Header("Location"), StringComparison.Ordinal);
        }
    }

    [OwnHostTheory]
    [MemberData(nameof(RoutesOfAnEnvironment))]
    public async Task A_member_of_another_environment_finds_nothing_by_any_route(Route route)
    {
        var there = await ForeignAsync();
        var editor = await host.AsAsync("editor");

        // by its own environment with ids of the other one, and by the other environment's path and header
        await IsNothingAsync(route, there, await CallAsync(editor, route, PathOf(route, there, "default"), there));
        await IsNothingAsync(route, there, await CallAsync(editor, route, PathOf(route, there, StudioHost.Elsewhere), there));
        await IsNothingAsync(route, there, await CallAsync(
            editor, route, $"{PathOf(route, there, StudioHost.Elsewhere)}?environment={StudioHost.Elsewhere}", there));
    }

    [OwnHostTheory]
    [MemberData(nameof(ChangingRoutes))]
    public async Task A_viewer_changes_nothing(Route route)
    {
        var own = await OwnAsync();
        var viewer = await host.AsAsync("viewer");

        Assert.Equal(403, (await CallAsync(viewer, route, PathOf(route, own, "default"), own)).Status);

        var task = await host.Api.TaskAsync(own.Task);
        Assert.Equal(("pending", own.Assignee), (task.Text("/status"), task.Text("/assignee")));
    }

    [OwnHostTheory]
    [MemberData(nameof(ChangingRoutes))]
    public async Task What_a_cookie_alone_asks_for_is_not_done(Route route)
    {
        var own = await OwnAsync();
        var owner = await host.AsAsync("owner");

        var reply = await owner.ForgeAsync(new HttpMethod(route.Method), PathOf(route, own, "default"), Text(route, own));

        // what is for keys only refuses every cookie before anybody asks whether it was meant
        Assert.True(reply.Status is 400 || (reply.Status is 403 && route.Pattern == "/mcp"), $"{route}: {reply.Status} {reply.Body}");
        Assert.Equal("pending", (await host.Api.TaskAsync(own.Task)).Text("/status"));
    }

    [OwnHostFact]
    public async Task A_responder_sees_and_answers_what_is_theirs_or_nobody_s_and_nothing_else()
    {
        var rita = await host.AsAsync("responder");
        var (mine, other) = (await AskAsync("responder@example.com"), await AskAsync("ada@example.com"));
        var nobodys = await host.Api.InterveneAsync();

        var listed = (await rita.GetAsync("/api/tasks?limit=200")).Is(200)["/items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()).ToArray();
        Assert.Contains(mine.TaskId, listed);
        Assert.Contains(nobodys.TaskId, listed);
        Assert.DoesNotContain(other.TaskId, listed);
        foreach (var below in (string[])["", "/schema", "/timeline", "/comments"])
        {
            (await rita.GetAsync($"/api/tasks/{mine.TaskId}{below}")).Is(200);
            (await rita.GetAsync($"/api/tasks/{other.TaskId}{below}")).IsProblem(404, "not-found");
        }

        (await rita.PostAsync($"/api/tasks/{other.TaskId}/responses", """{ "values": { "note": "x" } }""")).IsProblem(404, "not-found");
        (await rita.PostAsync($"/api/tasks/{other.TaskId}/comments", """{ "text": "x" }""")).IsProblem(404, "not-found");
        (await rita.PostAsync($"/api/tasks/{mine.TaskId}/cancel")).IsProblem(403, "forbidden");
        (await rita.GetAsync("/api/runs")).IsProblem(403, "forbidden");
        (await rita.GetAsync($"/api/runs/{mine.RunId}")).IsProblem(403, "forbidden");
        (await rita.GetAsync("/api/rule-sets")).IsProblem(403, "forbidden");
        (await rita.GetAsync("/api/overview")).IsProblem(403, "forbidden");
        (await rita.PageAsync($"/studio/default/tasks/{other.TaskId}")).Is(404);
        Assert.DoesNotContain(other.TaskId, (await rita.PageAsync("/studio/default/tasks?status=all")).Is(200).Body, StringComparison.Ordinal);

        (await rita.PostAsync($"/api/tasks/{mine.TaskId}/responses", """{ "values": { "note": "done" }, "by": "somebody else" }""")).Is(200);
        Assert.Equal("responder@example.com", (await host.Api.TaskAsync(mine.TaskId)).Text("/responses/0/by"));
    }

    [OwnHostFact]
    public async Task Counts_and_searches_of_a_responder_hold_only_what_they_see()
    {
        var rita = await host.AsAsync("responder");
        var word = Steps.Unique("word");
        await AskAsync("responder@example.com", word);
        await AskAsync("ada@example.com", word);

        Assert.Equal(1, (await rita.GetAsync($"/api/tasks/counts?q={word}")).Is(200)["/pending"]!.GetValue<int>());
        Assert.Single((await rita.GetAsync($"/api/tasks?q={word}")).Is(200)["/items"]!.AsArray());
        Assert.Equal(2, (await host.Api.GetAsync($"/api/tasks/counts?q={word}")).Is(200)["/pending"]!.GetValue<int>());
        Assert.Single((await rita.GetAsync($"/api/tasks?q={word}&assignee=me")).Is(200)["/items"]!.AsArray());
    }

    [OwnHostFact]
    public async Task Somebody_in_two_environments_has_another_role_in_each()
    {
        var owner = await host.AsAsync("owner");
        var there = await ForeignAsync();

        (await owner.GetAsync($"/api/tasks/{there.Task}?environment={StudioHost.Elsewhere}")).Is(200);
        (await owner.GetAsync($"/api/tasks/{there.Task}", ("HumanTasks-Environment", StudioHost.Elsewhere))).Is(200);
        (await owner.GetAsync($"/api/tasks/{there.Task}")).IsProblem(404, "not-found");
        (await owner.PostAsync($"/api/tasks/{there.Task}/cancel?environment={StudioHost.Elsewhere}")).IsProblem(403, "forbidden");
        (await owner.PageAsync($"/studio/{StudioHost.Elsewhere}/tasks/{there.Task}")).Is(200);
    }

    [OwnHostFact]
    public async Task Where_human_tasks_are_not_enabled_pages_say_so_and_the_API_refuses()
    {
        var member = await host.AsAsync("bare");

        (await member.GetAsync("/api/tasks")).IsProblem(403, "human-tasks-disabled");
        (await host.ApiBare.GetAsync("/api/tasks")).IsProblem(403, "human-tasks-disabled");
        (await host.ApiBare.PostAsync("/api/tasks", "{}")).IsProblem(403, "human-tasks-disabled");
        var page = (await member.PageAsync($"/studio/{StudioHost.Bare}/tasks")).Is(403);
        Assert.Contains("Human tasks are turned off", page.Body, StringComparison.Ordinal);
        var runs = (await member.PageAsync($"/studio/{StudioHost.Bare}/runs")).Is(200);
        Assert.DoesNotContain($"href=\"/studio/{StudioHost.Bare}/tasks\"", runs.Body, StringComparison.Ordinal);
    }

    private async Task<Foreign> ForeignAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (foreign is { } known && known.Host == host)
            {
                return known;
            }

            var ruleSet = await host.ApiElsewhere.SaveAsync(Steps.DecidedActions, "secret-rules");
            var task = Steps.Asked((await host.ApiElsewhere.PostAsync("/api/tasks", TaskBody("secret@example.com", "A secret of elsewhere"))).Is(201));
            return foreign = new Foreign(host, task.TaskId, task.RunId, task.CorrelationId, ruleSet, "secret@example.com");
        }
        finally
        {
            Gate.Release();
        }
    }

    private async Task<Foreign> OwnAsync()
    {
        var ruleSet = await host.Api.SaveAsync(Steps.DecidedActions, "own-rules");
        var task = await AskAsync("ada@example.com");
        return new Foreign(host, task.TaskId, task.RunId, task.CorrelationId, ruleSet, "ada@example.com");
    }

    private async Task<Asked> AskAsync(string assignee, string title = "Look at it") =>
        Steps.Asked((await host.Api.PostAsync("/api/tasks", TaskBody(assignee, title))).Is(201));

    private static string TaskBody(string assignee, string title) => $$"""
        { "title": "{{title}}", "assignee": "{{assignee}}", "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } }
        """;

    private static async Task<Reply> CallAsync(MemberClient member, Route route, string path, Foreign of) =>
        IsPage(route) && !route.IsReading ? await member.FormAsync(path, ("definition", "{}"), ("context", "{}"), ("text", "x"), ("assignee", "eve@example.com"), ("ids", of.Task), ("action", "cancel"))
        : IsPage(route) ? await member.PageAsync(path)
        : await member.SendAsync(new HttpMethod(route.Method), path, route.IsReading ? null : Text(route, of));

    /// <summary>Nothing of the other environment is told, and nothing there has changed.</summary>
    private async Task IsNothingAsync(Route route, Foreign there, Reply reply)
    {
        foreach (var secret in (string[])["A secret of elsewhere", "secret@example.com", Steps.DecidedActions[..40]])
        {
            Assert.DoesNotContain(secret, reply.Body, StringComparison.Ordinal);
        }

        if (route.Pattern.Contains("{id}", StringComparison.Ordinal) || route.Pattern.Contains("{name}", StringComparison.Ordinal))
        {
            // a name that is taken elsewhere is free here
            var saves = route.Method == "PUT" && route.Pattern == "/api/rule-sets/{name}" && reply.Status is 422 or 403;
            var checks = route.Pattern.EndsWith("/check", StringComparison.Ordinal) || (route.Pattern.EndsWith("/rule-sets/{name}", StringComparison.Ordinal) && route.Method == "POST");
            Assert.True(reply.Status is 404 or 403 || saves || (checks && reply.Status is 200 or 422), $"{route}: {reply.Status} {reply.Body}");
        }

        var task = (await host.ApiElsewhere.GetAsync($"/api/tasks/{there.Task}")).Is(200);
        Assert.Equal(("pending", there.Assignee), (task.Text("/status"), task.Text("/assignee")));
        Assert.Empty((await host.ApiElsewhere.GetAsync($"/api/tasks/{there.Task}/comments")).Is(200)["/items"]!.AsArray());
    }

    private static bool IsPage(Route route) => route.Pattern.StartsWith("/studio", StringComparison.Ordinal);

    private static bool IsOfOneself(Route route) => OfOneself.Any(path => route.Pattern == path || route.Pattern.StartsWith(path + "/sessions", StringComparison.Ordinal)
        || (path == "/studio/sessions" && route.Pattern.StartsWith(path, StringComparison.Ordinal)));

    private static string PathOf(Route route, Foreign of, string environment) => route.Pattern
        .Replace("{environment}", environment, StringComparison.Ordinal)
        .Replace("{id}", route.Pattern.Contains("/runs/", StringComparison.Ordinal) ? of.Run : of.Task, StringComparison.Ordinal)
        .Replace("{name}", of.RuleSet, StringComparison.Ordinal)
        .Replace("{fileId}", Ids.New(TimeProvider.System.GetUtcNow()), StringComparison.Ordinal);

    private static string Text(Route route, Foreign of) => Bodies
        .FirstOrDefault(body => route.Pattern.EndsWith(body.Key, StringComparison.Ordinal)).Value
        ?.Replace("{task}", of.Task, StringComparison.Ordinal).Replace("{correlation}", of.Correlation, StringComparison.Ordinal) ?? "{}";

    private static StringContent? Body(Route route, Foreign of) =>
        route.IsReading ? null : new StringContent(Text(route, of), Encoding.UTF8, "application/json");

    private sealed record Foreign(StudioHost Host, string Task, string Run, string Correlation, string RuleSet, string Assignee);
}
