using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using Microsoft.Extensions.AI;

namespace HumanTasks.Tests.RuleSets;

/// <summary>The agent action of a rule set, and what its model is told that it can do.</summary>
public sealed class ReadingAnAgent
{
    private const string Link = """{ "type": "humanIntervention", "name": "other", "title": "t", "form": { "fields": [{ "name": "f", "type": "text" }] }, "continuation": { "ruleSet": "x" }, "linkContextKey": "secretLink" }""";

    [Theory]
    [InlineData("""{ "type": "agent", "name": "a", "assignee": "ada@example.com" }""", "/actions/0/instructions")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "x" }""", "/actions/0/assignee")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "x", "assignee": "y@example.com", "tools": [] }""", "/actions/0/tools")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "x", "assignee": "y@example.com", "maxRounds": 0 }""", "/actions/0/maxRounds")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "x", "assignee": "y@example.com", "context": ["a b"] }""", "/actions/0/context/0")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "x", "assignee": "y@example.com", "output": { "fields": [] } }""", "/actions/0/output/fields")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "x", "assignee": "y@example.com", "output": { "fields": [{ "name": "f", "type": "file" }] } }""", "/actions/0/output")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "x", "assignee": "y@example.com", "output": { "fields": [{ "name": "f", "type": "text", "nonsense": 1 }] } }""", "/actions/0/output/fields/0/nonsense")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "x", "assignee": "y@example.com", "allowedHosts": ["https://x.example/"] }""", "/actions/0/allowedHosts/0")]
    [InlineData("""{ "type": "agent", "name": "a", "instructions": "Go to {{secretLink}}", "assignee": "y@example.com" }""", "/actions/0/instructions")]
    [InlineData("""{ "type": "agent", "name": "other", "instructions": "x", "assignee": "y@example.com" }""", "/actions/1/name")]
    public void A_mistake_is_named_where_it_is(string action, string pointer)
    {
        var problems = new Problems();
        RuleSetReader.Read(
            JsonElement.Parse($$"""{ "actions": [{{action}}, {{Link}}] }"""), problems, new RuleSetLimits(TimeSpan.FromDays(30), HumanTasks: true));

        Assert.Equal(pointer, Assert.Single(problems).Pointer);
    }

    [Fact]
    public void No_other_action_may_be_called_like_a_second_task_of_an_agent()
    {
        var problems = new Problems();
        RuleSetReader.Read(
            JsonElement.Parse("""{ "actions": [{ "type": "agent", "name": "ask", "instructions": "x", "assignee": "y@example.com" }, { "type": "end", "name": "ask.2" }] }"""),
            problems,
            new RuleSetLimits(TimeSpan.FromDays(30), HumanTasks: true));

        Assert.Contains("'ask.2'", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_model_is_offered_every_type_of_field_and_each_member_that_is_offered_is_taken()
    {
        var types = FormSchema.OfFields(50)["items"]!["anyOf"]!.AsArray();
        Assert.Equal(
            ["boolean", "choice", "date", "dateTime", "display", "email", "file", "integer", "multiChoice", "number", "rating", "signature", "table", "text", "time", "url"],
            types.Select(type => (string)type!["properties"]!["type"]!["const"]!).Order(StringComparer.Ordinal));
        foreach (var type in types)
        {
            var field = new JsonObject();
            foreach (var (name, schema) in type!["properties"]!.AsObject())
            {
                field[name] = Example(name, (string)type["properties"]!["type"]!["const"]!, schema!);
            }

            var problems = new Problems { Literal = true };
            var form = new JsonObject { ["fields"] = new JsonArray(field, new JsonObject { ["name"] = "decision", ["type"] = "text" }) };
            FormReader.Read(JsonSerializer.SerializeToElement(form), "", problems);
            Assert.True(problems.Count == 0, $"{field.ToJsonString()}: {string.Join(' ', problems.Select(problem => problem.Pointer + " " + problem.Message))}");
        }
    }

    [Theory]
    [InlineData("""{ "name": "t", "type": "table", "label": "Items", "fields": [{ "name": "a", "type": "text", "label": "Your password" }] }""")]
    [InlineData("""{ "name": "t", "type": "text", "label": { "en": "Name", "de": "Passwort" } }""")]
    [InlineData("""{ "name": "t", "type": "display", "markdown": "Please tell us your password." }""")]
    [InlineData("""{ "name": "t", "type": "display", "value": "data:image/png;base64,AAAA" }""")]
    public void It_hides_no_question_for_a_secret_in_a_row_a_language_or_a_text(string field)
    {
        var problems = new Problems { Literal = true };
        var form = FormReader.Read(JsonElement.Parse($$"""{ "fields": [{{field}}] }"""), "/form", problems);
        if (form is not null)
        {
            SecretQuestions.Refuse(form, null, null, "/form", problems);
        }

        Assert.NotEmpty(problems);
    }

    [Fact]
    public void Its_model_is_told_the_shape_of_the_result()
    {
        var action = new RuleAction.Agent
        {
            Name = "a",
            Instructions = Core.Expressions.Template.Literal("x"),
            Assignee = new PersonTemplate(Core.Expressions.Template.Literal("y"), "/assignee"),
            SaveAs = Core.Expressions.ContextPath.TryParse("a")!,
            Output = Form.Read(JsonElement.Parse("""{ "fields": [{ "name": "amount", "type": "number", "required": true, "min": 1 }] }""")),
        };

        var tools = AgentTools.Of(action).OfType<AIFunctionDeclaration>().ToDictionary(tool => tool.Name);
        Assert.Equal(["ask_follow_up", "close_task", "create_human_task", "finish"], tools.Keys.Order(StringComparer.Ordinal));
        var result = tools["finish"].JsonSchema.GetProperty("properties").GetProperty("result");
        Assert.Equal(1, result.GetProperty("properties").GetProperty("amount").GetProperty("minimum").GetInt32());
        Assert.Equal("amount", result.GetProperty("required")[0].GetString());
    }

    [Theory]
    [InlineData("Credit card fee in EUR")]
    [InlineData("Passport number")]
    [InlineData("Spinning speed")]
    [InlineData("Order number")]
    [InlineData("Business card title")]
    [InlineData("Discount code")]
    public void What_only_sounds_like_a_secret_may_be_asked(string label) => Assert.Empty(ProblemsOf(label));

    [Theory]
    [InlineData("Password")]
    [InlineData("Your PASSWORT")]
    [InlineData("pass\u00ADword")]
    [InlineData("ｐａｓｓｗｏｒｄ")]
    [InlineData("Contraseña")]
    [InlineData("Card number")]
    [InlineData("cardNumber")]
    [InlineData("Kreditkartennummer")]
    [InlineData("CVV")]
    [InlineData("PIN")]
    [InlineData("One-time code")]
    [InlineData("API key")]
    [InlineData("credit card")]
    public void A_secret_may_not(string label) => Assert.NotEmpty(ProblemsOf(label));

    private static Problems ProblemsOf(string label)
    {
        var problems = new Problems { Literal = true };
        AgentQuestion.Read(
            JsonSerializer.SerializeToElement(new JsonObject
            {
                ["title"] = "One thing",
                ["fields"] = new JsonArray(new JsonObject { ["name"] = "f", ["type"] = "text", ["label"] = label }),
            }),
            followUp: false,
            problems);
        return problems;
    }

    private static JsonNode Example(string name, string type, JsonNode schema) => name switch
    {
        "name" => "asked",
        "type" => type,
        "visibleWhen" => new JsonObject { ["field"] = "decision", ["equals"] = "x" },
        "options" => new JsonArray(new JsonObject { ["value"] = "a", ["label"] = "A" }),
        "display" => "radio",
        "accept" => new JsonArray(".pdf"),
        "pattern" => "[a-z]+",
        "fields" => new JsonArray(new JsonObject { ["name"] = "what", ["type"] = "text" }),
        "minItems" or "maxItems" => 1,
        "min" or "max" => type switch { "date" => "2026-12-01", "time" => "12:00", "dateTime" => "2026-12-01T12:00:00Z", _ => 1 },
        "value" => "a",
        _ => (string?)schema["type"] switch { "boolean" => true, "integer" or "number" => 2, _ => "Text" },
    };
}
