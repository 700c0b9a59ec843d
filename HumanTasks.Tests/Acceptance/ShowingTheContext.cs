using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A person sees what a rule set names, and nothing else of a run's context.</summary>
public class ShowingTheContext(Deployment deployment) : AcceptanceTest(deployment)
{
    [Fact]
    public async Task Without_show_nothing_of_the_context_is_shown()
    {
        var asked = await Api.InterveneAsync();

        var shown = (await Anybody.GetAsync(asked.Path)).Is(200);
        var page = (await Anybody.GetAsync(asked.Path, ("Accept", "text/html"))).Is(200).Body;

        Assert.Empty(shown["/context"]!.AsObject());
        Assert.DoesNotContain("not yet known", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_names_paths_and_a_star_is_all_of_it()
    {
        var some = await Api.InterveneAsync("\"show\": [\"invoice.number\"],");
        var all = await Api.InterveneAsync("\"show\": [\"*\"],");

        Assert.Equal("""{"invoice":{"number":"R-17"}}""", (await Anybody.GetAsync(some.Path)).Is(200)["/context"]!.ToJsonString());
        Assert.Equal("not yet known", (await Anybody.GetAsync(all.Path)).Is(200).Text("/context/amount"));
    }

    [Fact]
    public async Task Labels_and_formats_are_the_authors()
    {
        var asked = await Api.InterveneAsync(
            """
            "show": [{ "path": "invoice.amount", "label": "To be paid", "format": "currency:EUR" }, "invoice.number"],
            """);

        var page = (await Anybody.GetAsync(asked.Path, ("Accept", "text/html"))).Is(200).Body;

        Assert.Contains("To be paid", page, StringComparison.Ordinal);
        Assert.Contains("1,200.50", page, StringComparison.Ordinal);
        Assert.Contains("EUR", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"invoice number\"", "/actions/0/show/0")]
    [InlineData("{ \"path\": \"a\", \"format\": \"euro\" }", "/actions/0/show/0/format")]
    [InlineData("{ \"label\": \"A\" }", "/actions/0/show/0/path")]
    [InlineData("7", "/actions/0/show/0")]
    public async Task What_cannot_be_shown_is_refused_with_its_pointer(string entry, string pointer)
    {
        var reply = await Api.PutAsync($"/api/rule-sets/{Steps.Unique("show")}", Asking($"\"show\": [{entry}],"));

        Assert.Contains(reply.IsProblem(422, "invalid-request")["/errors"]!.AsArray(), error => error!.Text("/pointer") == pointer);
    }

    [Fact]
    public async Task A_rule_set_that_says_nothing_about_it_gets_a_hint()
    {
        var silent = (await Api.PutAsync($"/api/rule-sets/{Steps.Unique("silent")}", Asking(""))).Is(201);
        var outspoken = (await Api.PutAsync($"/api/rule-sets/{Steps.Unique("outspoken")}", Asking("\"show\": [],"))).Is(201);

        Assert.Equal("/actions/0/show", silent.Text("/hints/0/pointer"));
        Assert.Equal("/actions/0/continuation/ruleSet", Assert.Single(outspoken["/hints"]!.AsArray())!.Text("/pointer"));
    }

    private static string Asking(string more) => $$"""
        { "actions": [{ "type": "humanIntervention", "name": "ask", {{more}} "title": "?",
          "form": { "fields": [{ "name": "ok", "type": "boolean" }] }, "continuation": { "ruleSet": "next" } }] }
        """;
}
