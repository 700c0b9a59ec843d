using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Tests.Forms;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Description;

namespace HumanTasks.Tests.Wire;

/// <summary>The JSON Schemas of forms and rule sets, for editors and for programs that write them.</summary>
public sealed partial class SchemasForEditors
{
    private static readonly string[] Wrong =
    [
        "{}",
        """{ "actions": [] }""",
        """{ "Actions": [{ "type": "end" }] }""",
        """{ "actions": [{ "type": "nothing" }] }""",
        """{ "actions": [{ "type": "end", "state": "failed" }] }""",
        """{ "actions": [{ "type": "end", "status": "broken" }] }""",
        """{ "actions": [{ "type": "humanTask", "title": "t", "assignee": "ann@example.com" }] }""",
        """{ "actions": [{ "type": "humanTask", "title": "t", "assignee": "ann@example.com", "form": { "fields": [{ "name": "a", "type": "password" }] } }] }""",
        """{ "actions": [{ "type": "humanTask", "title": "t", "assignee": "ann@example.com", "form": { "fields": [{ "name": "a", "type": "choice" }] } }] }""",
        """{ "actions": [{ "type": "when", "if": { "path": "a", "ops": "eq" }, "then": [] }] }""",
    ];

    [JsonSchemaFact]
    public async Task Every_sample_is_valid_and_what_the_reader_refuses_is_not()
    {
        var schema = DescriptionEndpoints.SchemaOf("RuleSet", RuleSetShape.Shape);
        var samples = Directory.GetFiles(Path.Combine(Repository.Root!, "samples"), "*.json")
            .Select(file => (Name: Path.GetFileName(file), Json: JsonNode.Parse(File.ReadAllText(file))!))
            .Where(sample => sample.Json["actions"] is not null)
            .ToArray();
        Assert.NotEmpty(samples);

        var checks = await JsonSchemas.CheckAsync([(schema, [.. samples.Select(sample => sample.Json), .. Wrong.Select(text => JsonNode.Parse(text)!)])]);

        var (error, valid) = Assert.Single(checks);
        Assert.Null(error);
        Assert.Empty(samples.Where((_, index) => !valid[index]).Select(sample => sample.Name));
        Assert.Empty(Wrong.Where((_, index) => valid[samples.Length + index]));
    }

    [JsonSchemaFact]
    public async Task The_schema_of_forms_knows_pages_languages_and_conditions()
    {
        var schema = DescriptionEndpoints.SchemaOf("Form", FormShape.Shape);
        var paged = JsonNode.Parse("""
            {
              "submitLabel": { "en": "Send", "de": "Senden" },
              "pages": [
                {
                  "title": { "en": "First" },
                  "fields": [
                    { "name": "a", "type": "choice", "options": [{ "value": "x", "label": { "de": "X" } }], "required": true },
                    { "name": "b", "type": "text", "visibleWhen": { "all": [{ "field": "a", "equals": "x" }, { "not": { "field": "a", "op": "exists" } }] } },
                    { "name": "c", "type": "table", "fields": [{ "name": "d", "type": "number", "min": 0 }], "maxRows": 3 }
                  ]
                }
              ]
            }
            """)!;
        var nested = JsonNode.Parse("""{ "fields": [{ "name": "a", "type": "table", "fields": [{ "name": "b", "type": "table", "fields": [] }] }] }""")!;

        var (error, valid) = Assert.Single(await JsonSchemas.CheckAsync([(schema, [paged, nested])]));

        Assert.Null(error);
        Assert.Equal([true, false], valid);
    }

    /// <summary>Whatever the documents and tests define is read by the server's readers and by the schemas with the same result.</summary>
    [JsonSchemaFact]
    public async Task Every_definition_in_the_documents_and_tests_that_the_reader_accepts_is_valid()
    {
        var written = Written().ToArray();
        var actions = written.Where(definition => definition["type"] is JsonValue value && value.TryGetValue(out string? type) && RuleSetReader.Types.ContainsKey(type))
            .Select(action => new JsonObject { ["actions"] = new JsonArray(action.DeepClone()) });
        var ruleSets = written.Where(definition => definition["actions"] is JsonArray).Concat(actions).Where(IsRuleSet).ToArray();
        var forms = written.SelectMany(FormsIn).Where(IsForm).ToArray();
        Assert.True(ruleSets.Length > 20 && forms.Length > 50, $"{ruleSets.Length} rule sets and {forms.Length} forms were found.");

        var checks = await JsonSchemas.CheckAsync(
        [
            (DescriptionEndpoints.SchemaOf("RuleSet", RuleSetShape.Shape), ruleSets),
            (DescriptionEndpoints.SchemaOf("Form", FormShape.Shape), forms),
        ]);

        Assert.All(checks, check => Assert.Null(check.Error));
        Assert.Empty(ruleSets.Where((_, index) => !checks[0].Valid[index]).Select(definition => definition.ToJsonString()));
        Assert.Empty(forms.Where((_, index) => !checks[1].Valid[index]).Select(definition => definition.ToJsonString()));
    }

    private static IEnumerable<JsonObject> Written()
    {
        var files = Directory.GetDirectories(Repository.Root!, "HumanTasks.Tests*").SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root!, "docs"), "*.md", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root!, "README.md"));
        return files
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups["json"].Value))
            .Where(text => !text.Contains(@"\ud", StringComparison.OrdinalIgnoreCase)) // half a character, on purpose
            .Select(TryParse)
            .OfType<JsonObject>();
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null; // a part of a document, or one with holes that the test fills
        }
    }

    private static IEnumerable<JsonNode> FormsIn(JsonNode? node) => node switch
    {
        JsonObject form when form["fields"] is JsonArray || form["pages"] is JsonArray => [form],
        JsonObject other => other.SelectMany(member => FormsIn(member.Value)),
        JsonArray list => list.SelectMany(FormsIn),
        _ => [],
    };

    private static bool IsRuleSet(JsonObject definition)
    {
        var problems = new Problems();
        RuleSetReader.Read(JsonSerializer.SerializeToElement(definition), problems, new RuleSetLimits(TimeSpan.FromDays(366), HumanTasks: true));
        return problems.Count == 0;
    }

    private static bool IsForm(JsonNode definition)
    {
        var problems = new Problems();
        return FormReader.Read(JsonSerializer.SerializeToElement(definition), "", problems) is not null && problems.Count == 0;
    }

    [GeneratedRegex(""""("""|```json)\s*(?<json>\{.*?\})\s*("""|```)"""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();
}
