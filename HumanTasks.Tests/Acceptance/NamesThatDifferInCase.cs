using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>Member names from outside are told apart by case; names of fields must differ in more than case.</summary>
public class NamesThatDifferInCase(Deployment deployment) : AcceptanceTest(deployment)
{
    [Fact]
    public async Task A_run_starts_with_both_and_ends_with_both()
    {
        var ruleSet = await Api.SaveAsync("""[{ "type": "end", "name": "e", "output": ["{{Key}}", "{{key}}", "{{in.A}}"] }]""");

        var started = await Api.StartAsync(ruleSet, """{ "context": { "Key": 1, "key": 2, "in": { "a": 3, "A": 4 } } }""");

        var run = await Api.RunOverAsync(started.Text("/runId"));
        Assert.Equal("[1,2,4]", run["/output"]!.ToJsonString());
        Assert.Equal("""{"Key":1,"key":2,"in":{"a":3,"A":4}}""", run["/context"]!.ToJsonString());
    }

    [Fact]
    public async Task An_answer_goes_on_with_both()
    {
        var sink = await Api.SaveAsync("""[{ "type": "end", "name": "e", "output": "{{id}}{{ID}}{{a}}" }]""");
        var asked = Steps.Asked((await Api.PostAsync("/api/interventions", $$"""
            { "title": "T", "form": { "fields": [{ "name": "a", "type": "text", "label": "A" }] },
              "context": { "id": 1, "ID": 2 }, "show": ["*"], "continuation": { "ruleSet": "{{sink}}" } }
            """)).Is(201));
        (await Anybody.GetAsync(asked.Path)).Is(200);

        var answered = (await Anybody.SubmitAsync(asked.Path, """{ "a": "x" }""")).Is(200);

        Assert.Equal("12x", (await Api.RunOverAsync(answered.Text("/runId"))).Text("/output"));
        await Api.RunOverAsync(asked.RunId);
    }

    [Theory]
    [InlineData("""{ "fields": [{ "name": "note", "type": "text" }, { "name": "Note", "type": "text" }] }""", "/fields/1/name")]
    [InlineData("""{ "pages": [{ "fields": [{ "name": "note", "type": "text" }] }, { "fields": [{ "name": "NOTE", "type": "date" }] }] }""", "/pages/1/fields/0/name")]
    [InlineData("""{ "fields": [{ "name": "t", "type": "table", "fields": [{ "name": "a1", "type": "text" }, { "name": "A1", "type": "text" }] }] }""", "/fields/0/fields/1/name")]
    [InlineData("""{ "fields": [{ "name": "note", "type": "text", "label": { "de": "A", "DE": "B" } }] }""", "/fields/0/label/DE")]
    public async Task Fields_whose_names_differ_only_in_case_are_refused_where_they_stand(string form, string pointer)
    {
        (await Api.PostAsync("/api/tasks", $$"""{ "title": "T", "assignee": "ada@example.com", "form": {{form}} }"""))
            .IsProblem(422, "invalid-request").HasProblemAt($"/form{pointer}");

        (await Api.PutAsync($"/api/rule-sets/{Steps.Unique("twins")}", $$"""
            { "actions": [{ "type": "humanTask", "name": "a", "title": "T", "assignee": "ada@example.com", "form": {{form}} }] }
            """)).IsProblem(422, "invalid-request").HasProblemAt($"/actions/0/form{pointer}");
    }

    [Fact]
    public async Task The_same_key_twice_is_refused_as_before()
    {
        var ruleSet = await Api.SaveAsync(Steps.DecidedActions);

        (await Api.PostAsync($"/api/rule-sets/{ruleSet}/runs", """{ "context": { "key": 1, "key": 2 } }""")).IsProblem(400, "malformed-request");
    }
}
