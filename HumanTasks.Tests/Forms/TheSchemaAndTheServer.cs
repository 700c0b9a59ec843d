using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Forms;
using HumanTasks.Core.RuleSets;
using HumanTasks.Tests.Expressions;
using Microsoft.Extensions.AI;

namespace HumanTasks.Tests.Forms;

/// <summary>The JSON Schema of a form takes and refuses what the server does, in a strict validator that somebody else wrote.</summary>
public sealed class TheSchemaAndTheServer
{
    private const string Options = """ "options": [{ "value": "a" }, { "value": "line\nbreak" }, { "value": "c" }] """;

    /// <summary>Members of a field, and values for it.</summary>
    private static readonly (string Field, string[] Values)[] Fields =
    [
        (""" "type": "text" """, ["\"a\"", "1", "true", "{}"]),
        (""" "type": "text", "required": true """, ["\"a\"", "\" a\"", "\"\"", "\" \"", "\"\\u200b\"", "\"\\u00a0\\u3000\\ufeff\"", "\"a\\u200b\""]),
        (""" "type": "text", "minLength": 2, "maxLength": 3 """, ["\"😀\"", "\"😀😀\"", "\"😀😀😀\"", "\"😀😀😀😀\"", "\"ab\"", "\"abcd\""]),
        (""" "type": "text", "required": true, "pattern": "[A-Z]{2}\\d+" """, ["\"AB12\"", "\"ab12\"", "\"AB\"", "\" AB12\""]),
        (""" "type": "text", "pattern": "(?i)[a-z]\\-x|\\@" """, ["\"a-x\"", "\"@\""]),
        (""" "type": "number", "min": 0.5, "max": 10 """, ["0.5", "0.49", "10", "10.01", "\"5\""]),
        (""" "type": "number", "step": 0.01 """, ["19.99", "0.07", "1.1", "0.3", "4.35"]),
        (""" "type": "number", "min": 0, "max": 1, "step": 0.1 """, ["0", "0.1", "0.3", "0.7", "1", "0.15", "1.1", "-0.1"]),
        (""" "type": "number", "min": 0.05, "max": 0.5, "step": 0.1 """, ["0.05", "0.15", "0.45", "0.1", "0.5"]),
        (""" "type": "number", "step": 0.25 """, ["0.25", "0.75", "0.3", "1000000.25"]),
        (""" "type": "integer", "min": 1, "max": 21, "step": 5 """, ["1", "6", "21", "7", "5", "0", "22", "6.5"]),
        (""" "type": "integer", "min": 10, "step": 5 """, ["10", "15", "12", "5"]),
        (""" "type": "integer", "min": 0, "max": 10, "step": 2.5 """, ["0", "5", "10", "2", "2.5"]),
        (""" "type": "integer" """, ["1", "1.0", "1.5", "1e3"]),
        (""" "type": "date" """, ["\"2026-11-22\"", "\"2026-02-30\"", "\"2024-02-29\"", "\"2026-1-1\"", "\"2026-11-22T00:00:00Z\""]),
        (""" "type": "date", "min": "2026-11-22", "max": "2027-02-03" """, ["\"2026-11-22\"", "\"2026-11-21\"", "\"2026-12-31\"", "\"2027-02-03\"", "\"2027-02-04\"", "\"2027-01-31\"", "\"2025-12-31\"", "\"2028-01-01\"", "\"0999-01-01\""]),
        (""" "type": "time" """, ["\"14:30\"", "\"14:30:05\"", "\"14:30:05.25\"", "\"24:00\"", "\"14:60\"", "\"14:30:60\"", "\"14:30:00Z\"", "\"14:30+01:00\"", "\"1:30\"", "\"23:59\""]),
        (""" "type": "time", "min": "08:30", "max": "17:00" """, ["\"08:30\"", "\"08:30:00\"", "\"08:29\"", "\"08:29:59.9\"", "\"08:30:00.1\"", "\"17:00\"", "\"17:00:00\"", "\"17:00:00.0\"", "\"17:00:01\"", "\"17:00:00.5\"", "\"12:00\"", "\"20:00\""]),
        (""" "type": "time", "min": "08:30:05.5", "max": "17:00:05.25" """, ["\"08:30:05.5\"", "\"08:30:05.50\"", "\"08:30:05\"", "\"08:30\"", "\"08:30:06\"", "\"17:00\"", "\"17:00:05\"", "\"17:00:05.25\"", "\"17:00:05.251\"", "\"17:00:05.3\"", "\"17:01\""]),
        (""" "type": "dateTime" """, ["\"2026-11-22T14:30:00Z\"", "\"2026-11-22t14:30:00z\"", "\"2026-11-22T14:30:00.123456789+23:59\"", "\"2026-11-22 14:30:00Z\"", "\"2016-12-31T23:59:60Z\"", "\"2016-12-31T22:59:60Z\"", "\"2026-11-22T24:00:00Z\"", "\"2026-02-30T00:00:00Z\"", "\"2026-11-22\""]),
        (""" "type": "dateTime", "min": "2026-12-31T23:30:00Z", "max": "2027-06-30T12:00:00.5Z" """,
            ["\"2026-12-31T23:30:00Z\"", "\"2026-12-31T23:29:59Z\"", "\"2026-12-31T23:29:59.999Z\"", "\"2027-01-01T00:00:00Z\"", "\"2027-06-30T12:00:00.5Z\"", "\"2027-06-30T12:00:00.51Z\"", "\"2027-06-30T12:00:01Z\"",
             "\"2027-03-01T10:00:00+02:00\"", "\"2026-12-31T22:00:00-01:00\"", "\"2027-08-01T00:00:00+01:00\"", "\"2026-10-01T00:00:00-05:00\"", "\"2027-06-30T12:00:00z\""]),
        (""" "type": "email" """, ["\"a@example.com\"", "\"a\"", "\"a@b\"", "\"a@b.123\"", $"\"{new string('x', 65)}@example.com\"", "\"a b@example.com\""]),
        (""" "type": "url" """, ["\"https://example.com/a?b=c#d\"", "\"HTTP://localhost:8080\"", "\"mailto:a@example.com\"", "\"ftp://example.com\"", "\"example.com\"", "\"https://\"", $"\"https://example.com/{new string('x', 2000)}\""]),
        (""" "type": "boolean" """, ["true", "false", "\"true\"", "1"]),
        (""" "type": "boolean", "required": true """, ["true", "false"]),
        (""" "type": "boolean", "mustBeTrue": true """, ["true", "false", "\"true\""]),
        ($$""" "type": "choice", {{Options}} """, ["\"a\"", "\"b\"", "\"line\\nbreak\"", "\" a\"", "1"]),
        ($$""" "type": "multiChoice", {{Options}} """, ["[\"a\"]", "[]", "[\"a\", \"a\"]", "[\"b\"]", "\"a\""]),
        ($$""" "type": "multiChoice", {{Options}}, "minItems": 2 """, ["[\"a\"]", "[]", "[\"a\", \"c\"]"]),
        ($$""" "type": "multiChoice", {{Options}}, "required": true, "maxItems": 2 """, ["[\"a\"]", "[]", "[\"a\", \"c\"]", "[\"a\", \"c\", \"line\\nbreak\"]"]),
        (""" "type": "signature", "required": true, "consent": "I agree." """, ["\"Kim\"", "\"K\"", "\" K \"", "\"Ki\\u0000m\"", "\"\\u200b\\u200b\"", "\"😀\"", "\"😀😀\""]),
        (""" "type": "table", "fields": [{ "name": "n", "type": "integer", "required": true }, { "name": "t", "type": "time", "max": "12:00" }] """,
            ["[]", "[{ \"n\": 1 }]", "[{ \"t\": \"11:00\" }]", "[{ \"n\": 1, \"t\": \"12:00:01\" }]", "[{ \"n\": 1, \"x\": 1 }]", "[1]", "{}"]),
        (""" "type": "table", "required": true, "fields": [{ "name": "n", "type": "integer" }] """, ["[]", "[{ \"n\": 1 }]"]),
        (""" "type": "table", "minRows": 2, "fields": [{ "name": "n", "type": "integer" }] """, ["[{ \"n\": 1 }]", "[{ \"n\": 1 }, { \"n\": 2 }]", "[]"]),
        (""" "type": "file", "required": true """, ["{}", "\"a.pdf\""]),
    ];

    private static readonly string[] Asking =
    [
        """{ "name": "n", "type": "number" }""", """{ "name": "s", "type": "text" }""", """{ "name": "b", "type": "boolean" }""",
        $$"""{ "name": "c", "type": "choice", {{Options}} }""", $$"""{ "name": "m", "type": "multiChoice", {{Options}} }""",
        """{ "name": "d", "type": "date" }""", """{ "name": "t", "type": "time" }""", """{ "name": "w", "type": "dateTime" }""",
        """{ "name": "r", "type": "table", "fields": [{ "name": "x", "type": "text" }] }""",
        """{ "name": "fixed", "type": "text", "readOnly": true, "value": "yes" }""",
        """{ "name": "hidden", "type": "text", "visibleWhen": { "field": "b", "equals": true } }""",
    ];

    private static readonly string[] Conditions =
    [
        """{ "field": "s", "op": "exists" }""", """{ "field": "s", "op": "exists", "value": false }""", """{ "field": "m", "op": "exists" }""",
        """{ "field": "r", "op": "exists" }""", """{ "field": "n", "op": "exists" }""",
        """{ "field": "n", "equals": 5 }""", """{ "field": "n", "op": "ne", "value": 5 }""", """{ "field": "n", "op": "gt", "value": 5 }""",
        """{ "field": "n", "op": "ge", "value": 5 }""", """{ "field": "n", "op": "lt", "value": 5 }""", """{ "field": "n", "op": "le", "value": "5" }""",
        """{ "field": "s", "equals": "yes" }""", """{ "field": "s", "op": "eq", "value": null }""", """{ "field": "s", "op": "contains", "value": "a.b (c)" }""",
        """{ "field": "b", "equals": true }""", """{ "field": "b", "equals": false }""", """{ "not": { "field": "b", "equals": true } }""",
        """{ "field": "c", "op": "in", "value": ["a", "c"] }""", """{ "field": "c", "equals": "line\nbreak" }""", """{ "field": "m", "op": "contains", "value": "c" }""",
        """{ "field": "d", "op": "ge", "value": "2026-11-22" }""", """{ "field": "d", "op": "lt", "value": "2026-11-22" }""", """{ "field": "d", "equals": "2026-11-22" }""",
        """{ "field": "t", "op": "gt", "value": "14:30" }""", """{ "field": "t", "op": "lt", "value": "14:30" }""", """{ "field": "t", "equals": "14:30" }""",
        """{ "field": "w", "op": "ge", "value": "2027-01-01T00:00:00+01:00" }""", """{ "field": "w", "op": "gt", "value": "2026-12-31T23:00:00Z" }""",
        """{ "field": "w", "op": "lt", "value": "2026-12-31T23:00:00Z" }""", """{ "field": "w", "op": "le", "value": "2027-01-01T00:00:00+01:00" }""", """{ "field": "w", "equals": "2027-01-01T00:00:00+01:00" }""",
        """{ "field": "fixed", "equals": "yes" }""", """{ "field": "fixed", "op": "ne", "value": "yes" }""",
        """{ "field": "hidden", "op": "exists" }""", """{ "field": "hidden", "op": "exists", "value": false }""", """{ "field": "hidden", "op": "ne", "value": "x" }""",
        """{ "all": [{ "field": "n", "op": "gt", "value": 1 }, { "any": [{ "field": "s", "equals": "yes" }, { "field": "b", "equals": true }] }] }""",
    ];

    private static readonly string[] Answers =
    [
        "{}", """{ "n": 5 }""", """{ "n": 4.5 }""", """{ "n": 6, "s": "yes" }""", """{ "s": "" }""", """{ "s": "\u200b " }""", """{ "s": "xa.b (c)y" }""", """{ "s": "xaxb (c)y" }""",
        """{ "b": true }""", """{ "b": false }""", """{ "c": "a" }""", """{ "c": "line\nbreak" }""", """{ "m": ["a", "c"] }""", """{ "m": [] }""", """{ "m": ["a"] }""", """{ "r": [{ "x": "y" }] }""", """{ "r": [] }""",
        """{ "d": "2026-11-22" }""", """{ "d": "2026-11-21" }""", """{ "d": "2030-01-01" }""", """{ "t": "14:30" }""", """{ "t": "14:30:00" }""", """{ "t": "14:30:00.5" }""", """{ "t": "14:29:59" }""", """{ "t": "20:00" }""",
        """{ "w": "2026-12-31T23:00:00Z" }""", """{ "w": "2026-12-31T23:00:00.5Z" }""", """{ "w": "2026-12-31T22:59:59Z" }""", """{ "w": "2027-05-01T00:00:00+02:00" }""", """{ "w": "2026-05-01T00:00:00+02:00" }""",
        """{ "hidden": "x" }""", """{ "hidden": "x", "b": true }""", """{ "hidden": "y", "b": true, "n": 2 }""",
    ];

    [JsonSchemaFact]
    public async Task They_agree_on_every_type_of_field()
    {
        var forms = Fields.Select(row => FormGiven.Form($$"""{ "name": "f", {{row.Field}} }""")).ToArray();
        var cases = Fields.Zip(forms, (row, form) => (FormSchema.Of(form, "T"), (JsonNode[])[
            new JsonObject(), .. row.Values.Select(value => new JsonObject { ["f"] = JsonNode.Parse(value) })])).ToArray();

        await AgreeAsync(forms, cases);
    }

    [JsonSchemaFact]
    public async Task They_agree_on_what_a_condition_makes_necessary()
    {
        var forms = Conditions.Select(condition => FormGiven.Form(
            [.. Asking, $$"""{ "name": "why", "type": "text", "required": true, "visibleWhen": {{condition}} }"""])).ToArray();
        JsonNode[] answers = [.. Answers.Select(answer => JsonNode.Parse(answer)!), .. Answers.Select(answer =>
        {
            var explained = Json.Object(answer);
            explained["why"] = "because";
            return explained;
        })];

        await AgreeAsync(forms, [.. forms.Select(form => (FormSchema.Of(form, "T"), answers))]);
    }

    [JsonSchemaFact]
    public async Task What_it_cannot_say_it_leaves_to_the_server()
    {
        var forms = ((string[])
        [
            """{ "field": "s", "op": "gt", "value": "k" }""",
            """{ "field": "r.0.x", "equals": "y" }""",
            """{ "any": [{ "field": "b", "equals": true }, { "field": "r.0.x", "op": "exists" }] }""",
        ]).Select(condition => FormGiven.Form([.. Asking, $$"""{ "name": "why", "type": "text", "required": true, "visibleWhen": {{condition}} }"""])).ToArray();
        JsonNode[] answers = [.. Answers.Select(answer => JsonNode.Parse(answer)!)];

        foreach (var (form, (error, valid)) in forms.Zip(await JsonSchemas.CheckAsync([.. forms.Select(form => (FormSchema.Of(form, "T"), answers))])))
        {
            Assert.Null(error);
            Assert.All(answers.Zip(valid), pair => Assert.True(pair.Second || !IsAccepted(form, pair.First)));
        }
    }

    [JsonSchemaFact]
    public async Task The_tools_of_an_agent_have_strict_schemas()
    {
        var output = FormGiven.Form([.. Asking, """{ "name": "why", "type": "time", "required": true, "visibleWhen": { "field": "b", "equals": true } }"""]);
        var tools = AgentTools.Of(new RuleAction.Agent
        {
            Name = "a",
            Instructions = null!,
            Assignee = null!,
            SaveAs = null!,
            Output = output,
        }).Cast<AIFunctionDeclaration>();

        var checks = await JsonSchemas.CheckAsync([.. tools.Select(tool => (JsonObject.Create(tool.JsonSchema)!, (JsonNode[])[]))]);

        Assert.All(checks, check => Assert.Null(check.Error));
    }

    private static async Task AgreeAsync(Form[] forms, (JsonObject Schema, JsonNode[] Values)[] cases)
    {
        var checks = await JsonSchemas.CheckAsync(cases);
        var wrong = new StringBuilder();
        for (var i = 0; i < cases.Length; i++)
        {
            if (checks[i].Error is { } error)
            {
                wrong.AppendLine(CultureInfo.InvariantCulture, $"{error}: {cases[i].Schema.ToJsonString()}");
                continue;
            }

            foreach (var (value, valid) in cases[i].Values.Zip(checks[i].Valid))
            {
                if (valid != IsAccepted(forms[i], value))
                {
                    wrong.AppendLine(CultureInfo.InvariantCulture, $"{(valid ? "Only the schema takes" : "Only the server takes")} {value.ToJsonString()} of {cases[i].Schema.ToJsonString()}");
                }
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static bool IsAccepted(Form form, JsonNode values) => FormInput.Check(form, values.DeepClone().AsObject(), FormGiven.MaxFileBytes) is FormInput.Valid;
}
