using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

public class SavingRuleSets(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string One = """{ "actions": [{ "type": "end", "name": "done", "output": "one" }] }""";
    private const string OneInOtherWhiteSpace = """{"actions":[{"type":"end","name":"done","output":"one"}]}""";
    private const string Two = """{ "actions": [{ "type": "end", "name": "done", "output": "two" }] }""";

    private readonly string name = Steps.Unique("saved");

    private string Path => $"/api/rule-sets/{name}";

    [Fact]
    public async Task A_new_rule_set_is_version_1()
    {
        var saved = (await Api.PutAsync(Path, One)).Is(201);

        saved.Json.MustEqual($$"""{ "name": "{{name}}", "version": 1 }""");
        Assert.Equal(Path, saved.Header("Location"));
    }

    [Fact]
    public async Task The_same_content_keeps_its_version()
    {
        await Api.PutAsync(Path, One);

        (await Api.PutAsync(Path, One)).Is(200).Json.MustEqual($$"""{ "name": "{{name}}", "version": 1 }""");
        (await Api.PutAsync(Path, OneInOtherWhiteSpace)).Is(200).Json.MustEqual($$"""{ "name": "{{name}}", "version": 1 }""");
    }

    [Fact]
    public async Task Other_content_is_the_next_version_and_older_ones_stay()
    {
        await Api.PutAsync(Path, One);

        (await Api.PutAsync(Path, Two)).Is(200).Json.MustEqual($$"""{ "name": "{{name}}", "version": 2 }""");
        Assert.Equal("two", (await Api.GetAsync(Path)).Is(200).Text("/actions/0/output"));
        Assert.Equal("one", (await Api.GetAsync($"{Path}?version=1")).Is(200).Text("/actions/0/output"));
        (await Api.GetAsync($"{Path}?version=3")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Savings_at_once_of_other_contents_all_get_a_version_of_their_own()
    {
        var saved = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Api.PutAsync(
            Path, $$"""{ "actions": [{ "type": "end", "name": "done", "output": {{number}} }] }""")));

        Assert.Equal(Enumerable.Range(1, 8), saved.Select(reply => reply["/version"]!.GetValue<int>()).Order());
        Assert.Single(saved, reply => reply.Status == 201);
    }

    [Fact]
    public async Task Every_problem_is_answered_at_once_each_with_its_pointer()
    {
        var refused = await Api.PutAsync(Path, """
            {
              "name": "another",
              "actions": [
                { "type": "set", "name": "first", "values": { "a": "{{not a path" } },
                { "type": "email", "name": "first", "to": "a@example.com", "subject": "Hello", "body": "…", "color": "red" },
                { "type": "fax", "name": "third" },
                { "type": "humanIntervention", "name": "fourth", "title": "Sign in", "maxUses": 0, "linkExpirationHours": 80000,
                  "continuation": { "ruleSet": "next" },
                  "form": { "fields": [
                    { "name": "secret", "type": "password", "label": "Password" },
                    { "name": "n", "type": "number", "min": 2, "max": 1 },
                    { "name": "c", "type": "choice", "options": [] },
                    { "name": "t", "type": "text", "visibleWhen": { "field": "nobody", "equals": 1 } } ] } }
              ]
            }
            """);

        refused.IsProblem(422, "invalid-request")
            .HasProblemAt("/name")
            .HasProblemAt("/actions/0/values/a")
            .HasProblemAt("/actions/1/name")
            .HasProblemAt("/actions/1/color")
            .HasProblemAt("/actions/2/type")
            .HasProblemAt("/actions/3/maxUses")
            .HasProblemAt("/actions/3/linkExpirationHours")
            .HasProblemAt("/actions/3/form/fields/0/type")
            .HasProblemAt("/actions/3/form/fields/1/min")
            .HasProblemAt("/actions/3/form/fields/2/options")
            .HasProblemAt("/actions/3/form/fields/3/visibleWhen");
        (await Api.GetAsync(Path)).IsProblem(404, "not-found");
    }

    [Theory]
    [InlineData("~intervention")]
    [InlineData("a%20b")]
    [InlineData("-a")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg")]
    public async Task A_name_that_is_none_is_refused(string wrong) =>
        (await Api.PutAsync($"/api/rule-sets/{wrong}", One)).IsProblem(422, "invalid-request").HasProblemAt("/name");

    [Fact]
    public async Task An_unknown_rule_set_is_not_found() =>
        (await Api.GetAsync(Path)).IsProblem(404, "not-found");

    [Fact]
    public async Task A_version_that_is_no_number_is_a_malformed_request() =>
        (await Api.GetAsync($"{Path}?version=newest")).IsProblem(400, "malformed-request");

    [Fact]
    public async Task The_list_has_the_newest_version_of_each_page_by_page()
    {
        string[] names = [name, Steps.Unique("saved"), Steps.Unique("saved")];
        foreach (var each in names)
        {
            await Api.PutAsync($"/api/rule-sets/{each}", One);
        }

        await Api.PutAsync(Path, Two);
        var listed = await Api.ListAsync("/api/rule-sets", limit: 7);

        Assert.Equal(listed.Count, listed.Select(item => item.Text("/name")).Distinct().Count());
        var ours = listed.Where(item => names.Contains(item.Text("/name"))).ToDictionary(item => item.Text("/name"));
        Assert.Equal(3, ours.Count);
        Assert.Equal(2, ours[name].Number("/version"));
        Assert.Equal("two", ours[name].Text("/actions/0/output"));
    }

    [Fact]
    public async Task A_list_that_the_caller_has_already_is_304()
    {
        await Api.PutAsync(Path, One);
        var list = (await Api.GetAsync("/api/rule-sets?limit=200")).Is(200);
        var etag = list.Header("ETag")!;

        Assert.StartsWith("W/\"", etag, StringComparison.Ordinal);
        var again = await Api.GetAsync("/api/rule-sets?limit=200", ("If-None-Match", etag));
        Assert.Empty(again.Is(304).Body);
        Assert.Equal(etag, again.Header("ETag"));
    }

    [Fact]
    public async Task A_list_that_changed_is_sent_again()
    {
        await Api.PutAsync(Path, One);
        var path = $"/api/runs?ruleSet={name}";
        var etag = (await Api.GetAsync(path)).Is(200).Header("ETag")!;

        await Api.StartAsync(name);

        (await Api.GetAsync(path, ("If-None-Match", etag))).Is(200);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=many")]
    public async Task A_list_says_which_parameter_is_wrong(string query)
    {
        foreach (var list in new[] { "/api/rule-sets", "/api/runs", "/api/tasks" })
        {
            (await Api.GetAsync($"{list}?{query}")).IsProblem(400, "malformed-request");
        }
    }
}
