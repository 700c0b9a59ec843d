using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>Numbers at the end of what a decimal holds, and beyond it.</summary>
public class VeryLargeNumbers(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Form = """{ "fields": [{ "name": "n", "type": "number" }] }""";

    public static TheoryData<string> Within => ["79228162514264337593543950335", "-79228162514264337593543950335", "1e28", "-0", "1e-400", "0.00000000000000000000000000000000000001", "0e400"];

    public static TheoryData<string> Beyond => ["79228162514264337593543950336", "-79228162514264337593543950336", "1e29", "1e400", "-1E+400", "1e99999999999", "1" + new string('0', 100)];

    [Theory]
    [MemberData(nameof(Within))]
    public async Task The_largest_and_the_smallest_are_shown_answered_and_go_on(string number)
    {
        var asked = await Api.InterveneAsync($$""" "show": ["*"], """, Form.Replace("}]", $$""", "value": {{number}} }]""", StringComparison.Ordinal));

        (await Anybody.GetAsync(asked.Path, ("Accept", "text/html"))).Is(200);
        var answered = (await Anybody.SubmitAsync(asked.Path, $$"""{ "n": {{number}} }""")).Is(200);

        await Api.RunOverAsync(answered.Text("/runId"));
        Assert.Contains(number, (await Api.RunAsync(answered.Text("/runId"))).Body, StringComparison.Ordinal);
        (await Api.GetAsync($"/api/runs/{asked.RunId}/receipts")).Is(200);
        await Api.TaskAsync(asked.TaskId);
    }

    [Theory]
    [MemberData(nameof(Within))]
    public async Task They_are_shown_in_a_context_in_every_format(string number)
    {
        var asked = Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
            { "title": "{{"{{n}}"}}", "description": "{{"{{n}}"}}", "assignee": "ada@example.com", "form": {{Form}}, "context": { "n": {{number}} },
              "show": ["n", { "path": "n", "format": "percent" }, { "path": "n", "format": "currency:EUR" }, { "path": "n", "format": "number" }] }
            """)).Is(201));

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", """{ "values": { "n": 1 } }""")).Is(200);
    }

    [Theory]
    [MemberData(nameof(Beyond))]
    public async Task One_beyond_them_is_refused_in_a_response(string number)
    {
        var asked = await Api.InterveneAsync(form: Form);

        (await Anybody.SubmitAsync(asked.Path, $$"""{ "n": {{number}} }""")).IsProblem(422, "invalid-form-input").HasProblemAt("/values/n");
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", $$"""{ "values": { "n": {{number}} } }"""))
            .IsProblem(422, "invalid-form-input").HasProblemAt("/values/n");
        (await Anybody.SubmitAsync(asked.Path, """{ "n": 1 }""")).Is(200);
    }

    [Theory]
    [MemberData(nameof(Beyond))]
    public async Task One_beyond_them_is_refused_wherever_a_caller_sends_it(string number)
    {
        var ruleSet = await Api.SaveAsync(Steps.DecidedActions);

        (await Api.PostAsync($"/api/rule-sets/{ruleSet}/runs", $$"""{ "context": { "a": [{ "n": {{number}} }] } }"""))
            .IsProblem(422, "invalid-request").HasProblemAt("/context/a/0/n");
        (await Api.PostAsync("/api/tasks", $$"""{ "title": "T", "assignee": "ada@example.com", "form": {{Form}}, "context": { "n": {{number}} } }"""))
            .IsProblem(422, "invalid-request").HasProblemAt("/context/n");
        (await Api.PostAsync("/api/interventions", $$"""
            { "form": { "fields": [{ "name": "n", "type": "number", "max": {{number}}, "value": {{number}} }] }, "continuation": { "ruleSet": "{{ruleSet}}" } }
            """)).IsProblem(422, "invalid-request").HasProblemAt("/form/fields/0/max").HasProblemAt("/form/fields/0/value");
        (await Api.PutAsync($"/api/rule-sets/{Steps.Unique("beyond")}", $$"""{ "actions": [{ "type": "set", "name": "s", "values": { "n": {{number}} } }] }"""))
            .IsProblem(422, "invalid-request").HasProblemAt("/actions/0/values/n");
    }
}
