using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.RuleSets;
using HumanTasks.Tests.Forms;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Description;

namespace HumanTasks.Tests.Wire;

/// <summary>The JSON Schemas of forms and rule sets, for editors and for programs that write them.</summary>
public sealed class SchemasForEditors
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
}
