using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.RuleSets;

public sealed class CompilingWhen
{
    [Theory]
    [InlineData("""[ {{when:a | x | y}}, {{z}} ]""", "a", "x z")]
    [InlineData("""[ {{when:a | x | y}}, {{z}} ]""", "", "y z")]
    [InlineData("""[ {{when:a | x | }}, {{z}} ]""", "a", "x z")]
    [InlineData("""[ {{when:a | x | }}, {{z}} ]""", "", "z")]
    [InlineData("""[ {{when:a | | y}}, {{z}} ]""", "a", "z")]
    [InlineData("""[ {{when:a | | y}}, {{z}} ]""", "", "y z")]
    [InlineData("""[ {{when:a | | }} ]""", "a", "")]
    [InlineData("""[ {{when:a | | }} ]""", "", "")]
    public void Takes_one_branch_and_goes_on_behind_both(string actions, string holds, string steps) =>
        Assert.Equal(steps, string.Join(' ', Walk(Expand(actions), holds)));

    [Theory]
    [InlineData("a b c", "start aa bb cc end")]
    [InlineData("a b", "start aa bb not-c end")]
    [InlineData("a c", "start aa not-b end")]
    [InlineData("b c", "start not-a bb2 end")]
    [InlineData("", "start not-a end")]
    public void Nests(string holds, string steps) => Assert.Equal(steps, string.Join(' ', Walk(
        $"""
        [ {Step("start")},
          {When("a",
              $"{Step("aa")}, {When("b", $"{Step("bb")}, {When("c", Step("cc"), Step("not-c"))}", Step("not-b"))}",
              $"{Step("not-a")}, {When("b", Step("bb2"), null)}")},
          {Step("end")} ]
        """,
        holds)));

    [Fact]
    public void Is_no_deeper_than_20()
    {
        var actions = Step("x");
        for (var i = 0; i < 20; i++)
        {
            actions = When("a", actions, null);
        }

        Assert.Equal(["x"], Walk($"[ {actions} ]", "a"));

        var problems = new Problems();
        var document = Json.Element($$"""{ "actions": [ {{When("a", actions, null)}} ] }""");
        Assert.Null(RuleSetReader.Read(document, problems, new RuleSetLimits(TimeSpan.FromDays(1), true)));
        Assert.Equal("/actions/0" + string.Concat(Enumerable.Repeat("/then/0", 20)), Assert.Single(problems).Pointer);
    }

    [Fact]
    public void Jumps_only_lead_forward()
    {
        var actions = Compile($"[ {When("a", When("b", Step("x"), Step("y")), When("c", Step("z"), null))} ]");

        for (var i = 0; i < actions.Count; i++)
        {
            var to = actions[i] switch
            {
                RuleAction.When branch => branch.Otherwise,
                RuleAction.Jump jump => jump.To,
                _ => i + 1,
            };
            Assert.InRange(to, i + 1, actions.Count);
        }
    }

    private static string Step(string name) => $$"""{ "type": "set", "name": "{{name}}", "values": {} }""";

    private static string When(string path, string then, string? otherwise) =>
        $$"""{ "type": "when", "if": { "path": "{{path}}", "equals": true }, "then": [ {{then}} ]{{(otherwise is null ? "" : $", \"else\": [ {otherwise} ]")}} }""";

    private static string Expand(string actions) => System.Text.RegularExpressions.Regex.Replace(actions, "{{(.*?)}}", match =>
    {
        if (!match.Groups[1].Value.StartsWith("when:", StringComparison.Ordinal))
        {
            return Step(match.Groups[1].Value);
        }

        var parts = match.Groups[1].Value["when:".Length..].Split('|', StringSplitOptions.TrimEntries);
        return When(parts[0], parts[1].Length == 0 ? "" : Step(parts[1]), parts[2].Length == 0 ? "" : Step(parts[2]));
    });

    private static IReadOnlyList<RuleAction> Compile(string actions)
    {
        var problems = new Problems();
        var compiled = RuleSetReader.Read(
            Json.Element($$"""{ "actions": {{actions}} }"""), problems, new RuleSetLimits(TimeSpan.FromDays(1), true));
        Assert.Empty(problems);
        return compiled!;
    }

    private static List<string> Walk(string actions, string holds)
    {
        var compiled = Compile(actions);
        var context = new JsonObject(holds
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => KeyValuePair.Create<string, JsonNode?>(name, true)));
        List<string> steps = [];
        var position = 0;
        while (position < compiled.Count)
        {
            switch (compiled[position])
            {
                case RuleAction.When branch:
                    position = branch.If.Holds(context) ? position + 1 : branch.Otherwise;
                    break;
                case RuleAction.Jump jump:
                    position = jump.To;
                    break;
                default:
                    steps.Add(compiled[position++].Name);
                    break;
            }
        }

        return steps;
    }
}
