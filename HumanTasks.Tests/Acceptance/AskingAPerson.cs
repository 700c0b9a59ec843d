using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary><c>POST /api/interventions</c>.</summary>
public class AskingAPerson(Deployment deployment) : AcceptanceTest(deployment)
{
    [Fact]
    public async Task An_intervention_is_created_paused_with_its_link()
    {
        var before = DateTimeOffset.Parse((await Api.GetAsync("/health/live")).Header("Date")!, null);
        var continuation = await Api.SaveContinuationAsync();

        var created = (await Api.PostAsync("/api/interventions", $$"""
            {
              "title": "Approve?", "description": "Please.", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}},
              "continuation": { "ruleSet": "{{continuation}}" }, "linkExpirationHours": 2.5, "maxUses": 3,
              "linkContextKey": "approvalLink", "correlationId": "order-17"
            }
            """)).Is(201);

        created.Json.MustHaveMembers("taskId", "runId", "correlationId", "link", "expiresAt", "maxUses");
        Assert.Equal("order-17", created.Text("/correlationId"));
        Assert.Equal(3, created["/maxUses"]!.GetValue<int>());
        Assert.Contains("/review/", created.Text("/link"), StringComparison.Ordinal);
        Assert.InRange(
            created["/expiresAt"]!.GetValue<DateTimeOffset>() - before, TimeSpan.FromHours(2.5), TimeSpan.FromHours(2.51));
        Assert.Equal("paused", (await Api.RunAsync(created.Text("/runId"))).Text("/status"));
    }

    [Fact]
    public async Task A_link_lives_an_hour_and_works_once_unless_said_otherwise()
    {
        var asked = await Api.InterveneAsync();

        var task = await Api.TaskAsync(asked.TaskId);

        var life = task["/expiresAt"]!.GetValue<DateTimeOffset>() - task["/createdAt"]!.GetValue<DateTimeOffset>();
        Assert.Equal(TimeSpan.FromHours(1), life);
        Assert.Equal(1, task["/maxUses"]!.GetValue<int>());
        Assert.Equal(1, task["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_correlation_id_is_made_when_none_is_given()
    {
        var asked = await Api.InterveneAsync();

        Assert.Equal(asked.RunId, asked.CorrelationId);
    }

    [Theory]
    [InlineData("\"maxUses\": 0,", "/maxUses")]
    [InlineData("\"maxUses\": 1001,", "/maxUses")]
    [InlineData("\"maxUses\": 1.5,", "/maxUses")]
    [InlineData("\"linkExpirationHours\": 0,", "/linkExpirationHours")]
    [InlineData("\"linkExpirationHours\": -1,", "/linkExpirationHours")]
    [InlineData("\"linkExpirationHours\": 87000,", "/linkExpirationHours")]
    [InlineData("\"linkContextKey\": \"a b\",", "/linkContextKey")]
    public async Task What_breaks_a_rule_is_named(string more, string pointer)
    {
        var continuation = await Api.SaveContinuationAsync();

        (await Api.PostAsync("/api/interventions", $$"""
            { {{more}} "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}},
              "continuation": { "ruleSet": "{{continuation}}" } }
            """)).IsProblem(422, "invalid-request").HasProblemAt(pointer);
    }

    [Fact]
    public async Task Form_and_continuation_are_required()
    {
        (await Api.PostAsync("/api/interventions", "{}"))
            .IsProblem(422, "invalid-request")
            .HasProblemAt("/form")
            .HasProblemAt("/continuation");
    }

    [Theory]
    [InlineData("""{ "ruleSet": "nobody-saved-this" }""", "/continuation/ruleSet")]
    [InlineData("""{ "webhook": "http://example.com/hook" }""", "/continuation/webhook")]
    [InlineData("""{ "webhook": "not an address" }""", "/continuation/webhook")]
    public async Task A_continuation_must_lead_somewhere(string continuation, string pointer) =>
        (await Api.PostAsync("/api/interventions", $$"""
            { "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}}, "continuation": {{continuation}} }
            """)).IsProblem(422, "invalid-request").HasProblemAt(pointer);

    [Theory]
    [InlineData("type")]
    [InlineData("name")]
    [InlineData("saveAs")]
    [InlineData("assignee")]
    public async Task Members_that_only_actions_have_are_unknown_here(string member)
    {
        var continuation = await Api.SaveContinuationAsync();

        (await Api.PostAsync("/api/interventions", $$"""
            { "{{member}}": "x", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}},
              "continuation": { "ruleSet": "{{continuation}}" } }
            """)).IsProblem(400, "malformed-request").HasProblemAt($"/{member}");
    }

    [Fact]
    public async Task A_template_without_its_value_creates_nothing()
    {
        var correlationId = Steps.Unique("nothing");
        var continuation = await Api.SaveContinuationAsync();

        var refused = (await Api.PostAsync("/api/interventions", $$"""
            { "title": "{{"{{nowhere}}"}}", "form": { "fields": [{ "name": "a", "type": "text" }] },
              "continuation": { "ruleSet": "{{continuation}}" }, "correlationId": "{{correlationId}}" }
            """)).IsProblem(422, "invalid-request");

        Assert.Contains("nowhere", refused.Body, StringComparison.Ordinal);
        Assert.Empty(await Api.RunsUnderAsync(correlationId));
    }
}
