using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Mcp.Tools;
using HumanTasks.Mcp.Tools.Schemas;

namespace HumanTasks.Tests.Client;

/// <summary>What a form asks for a JSON Schema as libraries write them, and the answer that goes back.</summary>
public sealed class FormsOfSchemas
{
    /// <summary>pydantic.BaseModel.model_json_schema(), shortened.</summary>
    private const string Pydantic = """
        {
          "$defs": {
            "Color": { "enum": ["red", "green"], "title": "Color", "type": "string" },
            "Level": { "enum": [1, 2, 3], "title": "Level", "type": "integer" },
            "Line": {
              "properties": { "item": { "title": "Item", "type": "string" }, "count": { "default": 1, "title": "Count", "type": "integer" } },
              "required": ["item"], "title": "Line", "type": "object"
            }
          },
          "description": "What to order.",
          "properties": {
            "color": { "$ref": "#/$defs/Color" },
            "level": { "allOf": [{ "$ref": "#/$defs/Level" }], "default": 2, "description": "How urgent." },
            "note": { "anyOf": [{ "type": "string", "maxLength": 50 }, { "type": "null" }], "default": null, "title": "Note" },
            "kind": { "const": "order", "title": "Kind", "type": "string" },
            "price": { "anyOf": [{ "exclusiveMinimum": 0, "type": "number" }, { "pattern": "^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$", "type": "string" }], "title": "Price" },
            "when": { "format": "date", "title": "When", "type": "string" },
            "lines": { "items": { "$ref": "#/$defs/Line" }, "minItems": 1, "title": "Lines", "type": "array" },
            "tags": { "items": { "$ref": "#/$defs/Color" }, "title": "Tags", "type": "array", "uniqueItems": true }
          },
          "required": ["color", "note", "kind", "price", "when", "lines"],
          "title": "Order",
          "type": "object"
        }
        """;

    /// <summary>z.toJSONSchema(), shortened.</summary>
    private const string Zod = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "email": { "type": "string", "format": "email", "pattern": "^(?!\\.)(?!.*\\.\\.)([A-Za-z0-9_'+\\-\\.]*)@x$" },
            "age": { "type": "integer", "exclusiveMinimum": 0, "maximum": 9007199254740991 },
            "size": { "anyOf": [{ "type": "string", "const": "s" }, { "type": "number", "const": 42 }, { "type": "boolean", "const": true }] },
            "subscribed": { "anyOf": [{ "type": "boolean" }, { "type": "null" }] },
            "half": { "type": "number", "multipleOf": 0.5, "minimum": 0.2 },
            "address": {
              "type": "object",
              "properties": { "city": { "type": "string", "minLength": 1 }, "zip": { "type": "string", "pattern": "^[0-9]{5}$" } },
              "required": ["city"], "additionalProperties": false
            }
          },
          "required": ["email", "age", "size", "subscribed", "address"],
          "additionalProperties": false
        }
        """;

    /// <summary>JsonSchemaExporter with JsonSerializerDefaults.Web, shortened.</summary>
    private const string DotNet = """
        {
          "type": ["object", "null"],
          "properties": {
            "count": { "type": ["string", "integer"], "pattern": "^-?(?:0|[1-9]\\d*)$" },
            "status": { "enum": ["Open", "Closed", null] },
            "name": { "type": ["string", "null"] },
            "owner": { "type": "object", "properties": { "name": { "$ref": "#/properties/name" } } },
            "id": { "type": "string", "format": "uuid" },
            "at": { "type": "string", "format": "date-time" }
          },
          "required": ["count", "name"]
        }
        """;

    [Theory]
    [InlineData(Pydantic, "color:choice! level:choice note:text kind:choice! price:number! when:date! lines:table!(item:text!,count:integer) tags:multiChoice")]
    [InlineData(Zod, "email:email! age:integer! size:choice! subscribed:choice half:number address_city:text! address_zip:text")]
    [InlineData(DotNet, "count:integer! status:choice name:text owner_name:text id:text at:dateTime")]
    [InlineData("{}", "confirmed:boolean")]
    [InlineData("""{ "type": "object" }""", "confirmed:boolean")]
    [InlineData("""{ "type": "object", "properties": {} }""", "confirmed:boolean")]
    [InlineData("""{ "properties": { "c": { "$ref": "#/$defs/C" } }, "required": ["c"], "$defs": { "C": { "enum": ["red", "green"] } } }""", "c:choice!")]
    [InlineData("""{ "properties": { "c": { "type": ["string", "null"] } } }""", "c:text")]
    [InlineData("""{ "properties": { "c": { "type": "integer", "enum": [1, 2, 3] } } }""", "c:choice")]
    [InlineData("""{ "properties": { "c": { "type": "boolean", "enum": [true] } }, "required": ["c"] }""", "c:choice!")]
    [InlineData("""{ "properties": { "c": { "type": "boolean", "default": true } }, "required": ["c"] }""", "c:boolean")]
    [InlineData("""{ "properties": { "c": { "type": "array", "items": { "type": "integer" } } } }""", "c:table(value:integer!)")]
    [InlineData("""{ "properties": { "c": { "type": "array", "minItems": 2, "items": { "type": "string" } } } }""", "c_given:boolean c:table!?(value:text!)")]
    [InlineData("""{ "properties": { "c": { "type": "object", "properties": { "d": { "type": "string" } }, "required": ["d"] } } }""", "c:boolean c_d:text!?")]
    [InlineData("""{ "properties": { "größe in cm": { "type": "number" }, "1": {}, "": {}, "A": {}, "a": {} } }""", "gr__e_in_cm:number f1:text f:text A:text a_2:text")]
    [InlineData("""{ "properties": { "a": { "$ref": "#/$defs/x~1y" } }, "$defs": { "x/y": { "type": "number" } } }""", "a:number")]
    [InlineData("""{ "allOf": [{ "properties": { "a": { "type": "number", "minimum": 1 } } }, { "properties": { "a": { "minimum": 2 }, "b": true } }], "required": ["b"] }""", "a:number b:text!")]
    public void A_form_asks_for_all_that_the_schema_asks_for(string schema, string fields)
    {
        var form = Read(schema);

        Assert.Equal(fields, string.Join(' ', form.Form["fields"]!.AsArray().Select(Spoken)));
        AssertIsAForm(form.Form);
    }

    [Fact]
    public void Limits_defaults_and_texts_are_those_of_the_schema()
    {
        AssertFields(
            """
            { "properties": {
              "n": { "type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10, "default": 3, "title": "How many {{x}}", "description": "Whole {{y}}." },
              "h": { "type": "number", "multipleOf": 0.5, "minimum": 0.2, "maximum": 1e300 },
              "p": { "type": "number", "exclusiveMinimum": 0 },
              "t": { "type": "string", "minLength": 2, "maxLength": 65535, "pattern": "b|c" },
              "z": { "type": "string", "pattern": "^[0-9]{5}$" },
              "e": { "enum": [1, "1", "", null, { "a": 1 }], "default": "1" },
              "m": { "type": "array", "items": { "anyOf": [{ "const": "a", "title": "Apple" }, { "const": "b" }, { "const": "c" }] }, "minItems": 2, "maxItems": 2, "default": ["a"] },
              "l": { "type": "array", "items": { "type": "number" }, "maxItems": 3, "default": [1.5] }
            } }
            """,
            """
            [
              { "type": "integer", "min": 1, "max": 9, "name": "n", "label": "How many {{x}}", "help": "Whole {{y}}.", "value": 3 },
              { "type": "number", "min": 0.5, "step": 0.5, "name": "h", "label": "h" },
              { "type": "number", "min": 0.000000001, "name": "p", "label": "p" },
              { "type": "text", "minLength": 2, "maxLength": 20000, "pattern": "[\\s\\S]*(?:b|c)[\\s\\S]*", "name": "t", "label": "t" },
              { "type": "text", "pattern": "[0-9]{5}", "name": "z", "label": "z" },
              { "type": "choice", "options": [{ "value": "1", "label": "1" }, { "value": "#2", "label": "1" }, { "value": "#3", "label": "(empty)" },
                { "value": "{\"a\":1}", "label": "{\"a\":1}" }], "name": "e", "label": "e", "value": "#2" },
              { "type": "multiChoice", "options": [{ "value": "a", "label": "Apple" }, { "value": "b", "label": "b" }, { "value": "c", "label": "c" }],
                "minItems": 2, "maxItems": 2, "name": "m", "label": "m", "value": ["a"] },
              { "type": "table", "maxRows": 3, "name": "l", "label": "l", "value": [{ "value": 1.5 }], "fields": [{ "type": "number", "name": "value", "label": "l", "required": true }] }
            ]
            """);
    }

    [Theory]
    [InlineData(
        Pydantic,
        """{ "color": "red", "level": "3", "kind": "order", "price": 1.50, "when": "2026-12-24", "lines": [{ "item": "Pen", "count": 2 }, { "item": "Ink" }], "tags": ["green"] }""",
        """{ "color": "red", "level": 3, "note": null, "kind": "order", "price": 1.50, "when": "2026-12-24", "lines": [{ "item": "Pen", "count": 2 }, { "item": "Ink" }], "tags": ["green"] }""")]
    [InlineData(
        Zod,
        """{ "email": "a@x", "age": 7, "size": "42", "address_city": "Bonn" }""",
        """{ "email": "a@x", "age": 7, "size": 42, "subscribed": null, "address": { "city": "Bonn" } }""")]
    [InlineData(
        Zod,
        """{ "email": "a@x", "age": 7, "size": "true", "subscribed": "false", "half": 0.5, "address_city": "Bonn", "address_zip": "53111" }""",
        """{ "email": "a@x", "age": 7, "size": true, "subscribed": false, "half": 0.5, "address": { "city": "Bonn", "zip": "53111" } }""")]
    [InlineData(DotNet, """{ "count": 2, "status": "Open", "owner_name": "Ann" }""", """{ "count": 2, "status": "Open", "name": null, "owner": { "name": "Ann" } }""")]
    [InlineData(DotNet, """{ "count": 2 }""", """{ "count": 2, "name": null }""")]
    [InlineData("{}", """{ "confirmed": true }""", """{ "confirmed": true }""")]
    [InlineData("{}", "{}", """{ "confirmed": false }""")]
    [InlineData("""{ "properties": { "b": { "type": "boolean" } }, "required": ["b"] }""", "{}", """{ "b": false }""")]
    [InlineData("""{ "properties": { "e": { "enum": [1, "1", ""] } } }""", """{ "e": "#2" }""", """{ "e": "1" }""")]
    [InlineData("""{ "properties": { "e": { "enum": [1, "1", ""] } } }""", """{ "e": "#3" }""", """{ "e": "" }""")]
    [InlineData("""{ "properties": { "l": { "type": "array", "items": { "type": "string" }, "minItems": 0 } }, "required": ["l"] }""", "{}", """{ "l": [] }""")]
    [InlineData("""{ "properties": { "l": { "type": "array", "items": { "type": "string" }, "uniqueItems": true } } }""",
        """{ "l": [{ "value": "a" }, { "value": "a" }, { "value": "b" }] }""", """{ "l": ["a", "b"] }""")]
    [InlineData("""{ "properties": { "o": { "anyOf": [{ "type": "object", "properties": { "d": { "type": "string" } }, "required": ["d"] }, { "type": "null" }] } }, "required": ["o"] }""",
        """{ "o": false }""", """{ "o": null }""")]
    [InlineData("""{ "properties": { "o": { "anyOf": [{ "type": "object", "properties": { "d": { "type": "string" } }, "required": ["d"] }, { "type": "null" }] } }, "required": ["o"] }""",
        """{ "o": true, "o_d": "x" }""", """{ "o": { "d": "x" } }""")]
    [InlineData("""{ "properties": { "größe": { "type": "number" } } }""", """{ "gr__e": 3 }""", """{ "größe": 3 }""")]
    public void The_answer_has_the_types_that_the_schema_asks_for(string schema, string values, string answer) =>
        AssertJson(answer, FormOfSchema.AnswerOf(Parse(schema), Parse(values)));

    [Theory]
    [InlineData("""{ "type": "string" }""", "/schema", "must describe an object")]
    [InlineData("""{ "properties": { "a": { "$ref": "#/$defs/Gone" } } }""", "/schema/properties/a/$ref", "'#/$defs/Gone' doesn't exist")]
    [InlineData("""{ "properties": { "a": { "$ref": "https://example.com/a.json" } } }""", "/schema/properties/a/$ref", "within the schema")]
    [InlineData("""{ "properties": { "a": { "$ref": "#" } } }""", "/schema/properties/a/$ref", "is recursive")]
    [InlineData("""{ "properties": { "a": { "$ref": "#/$defs/N" } }, "$defs": { "N": { "type": "object", "properties": { "next": { "anyOf": [{ "$ref": "#/$defs/N" }, { "type": "null" }] } } } } }""",
        "/schema/$defs/N/properties/next/anyOf/0/$ref", "is recursive")]
    [InlineData("""{ "properties": { "a": { "anyOf": [{ "type": "object", "properties": { "x": {} } }, { "type": "string" }] } } }""", "/schema/properties/a/anyOf", "several shapes")]
    [InlineData("""{ "properties": { "a": { "type": ["object", "string"] } } }""", "/schema/properties/a/type", "one type")]
    [InlineData("""{ "properties": { "a": { "type": "null" } } }""", "/schema/properties/a/type", "Only null is allowed")]
    [InlineData("""{ "properties": { "a": { "type": "text" } } }""", "/schema/properties/a/type", "string, number")]
    [InlineData("""{ "properties": { "a": { "type": "integer", "enum": [1, "x"] } } }""", "/schema/properties/a/enum", "not of the type integer")]
    [InlineData("""{ "properties": { "a": { "enum": [] } } }""", "/schema/properties/a/enum", "at least one value")]
    [InlineData("""{ "properties": { "a": { "type": "array" } } }""", "/schema/properties/a", "'items'")]
    [InlineData("""{ "properties": { "a": { "type": "array", "prefixItems": [{}, {}] } } }""", "/schema/properties/a/prefixItems", "one property per entry")]
    [InlineData("""{ "properties": { "a": { "type": "array", "items": { "type": "array", "items": { "type": "string" } } } } }""", "/schema/properties/a", "have lists within lists")]
    [InlineData("""{ "properties": { "a": { "type": "object", "additionalProperties": { "type": "string" } } } }""", "/schema/properties/a", "List them in 'properties'")]
    [InlineData("""{ "properties": { "a": { "type": "string", "not": { "const": "x" } } } }""", "/schema/properties/a/not", "describe the allowed values")]
    [InlineData("""{ "properties": { "a": { "type": "number", "multipleOf": 0 } } }""", "/schema/properties/a/multipleOf", "above 0")]
    [InlineData("""{ "properties": { "a": { "type": "integer", "minimum": 3, "maximum": 2 } } }""", "/schema/properties/a/minimum", "No number")]
    [InlineData("""{ "properties": { "a": { "type": "string", "format": "password" } } }""", "/schema/properties/a/format", "can't ask for passwords")]
    [InlineData("""{ "properties": { "a": false } }""", "/schema/properties/a", "No value matches")]
    [InlineData("""{ "properties": { "a": 1 } }""", "/schema/properties/a", "A schema must be an object")]
    [InlineData("""{ "properties": {}, "required": ["b"] }""", "/schema/required", "'b' is required")]
    [InlineData("""{ "allOf": [{ "properties": { "a": { "pattern": "x" } } }, { "properties": { "a": { "pattern": "y" } } }] }""", "/schema/allOf/1/properties/a/pattern", "has two values")]
    public void What_a_form_cannot_ask_is_refused_with_the_place_and_the_reason(string schema, string pointer, string reason)
    {
        ToolProblems problems = [];

        Assert.Null(FormOfSchema.Read(Parse(schema), problems, []));
        var problem = Assert.Single(problems);
        Assert.Equal(pointer, problem.Pointer);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        ToolProblems problems = [];

        FormOfSchema.Read(Parse("""{ "properties": { "a": { "$ref": "#/x" }, "b": { "not": {} }, "c": { "type": "array" } }, "required": ["d"] }"""), problems, []);

        Assert.Equal(
            ["/schema/properties/a/$ref", "/schema/properties/b/not", "/schema/properties/c", "/schema/required"],
            problems.Select(problem => problem.Pointer));
    }

    [Fact]
    public void What_is_not_checked_is_said()
    {
        ToolProblems notes = [];

        FormOfSchema.Read(Parse("""{ "properties": { "a": { "type": "string", "format": "hostname", "colour": "red" }, "m": { "format": "email", "pattern": "x" } } }"""), [], notes);

        Assert.Equal(
            ["/schema/properties/a/colour", "/schema/properties/a/format", "/schema/properties/m/pattern"], notes.Select(note => note.Pointer).Order());
    }

    /// <summary>Each of thirty definitions names the next one twice: a billion fields.</summary>
    [Fact]
    public void A_schema_that_unfolds_without_end_is_refused_in_time()
    {
        var defs = string.Join(',', Enumerable.Range(0, 30).Select(i =>
            $$"""
            "d{{i}}": { "type": "object", "properties": { "a": { "$ref": "#/$defs/d{{i + 1}}" }, "b": { "$ref": "#/$defs/d{{i + 1}}" } } }
            """));
        ToolProblems problems = [];

        Assert.Null(FormOfSchema.Read(Parse($$$"""{ "$ref": "#/$defs/d0", "$defs": { {{{defs}}}, "d30": { "type": "string" } } }"""), problems, []));
        Assert.Contains(problems, problem => problem.Message.Contains("too large or nested too deeply", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_form_refuses_is_said_of_the_schema()
    {
        var form = Read("""{ "properties": { "rows": { "type": "array", "items": { "type": "object", "properties": { "a": { "title": "A" }, "b": { "pattern": "(?=x)" } } } } } }""");

        Assert.Equal("/schema/properties/rows/items/properties/b/pattern", form.PlaceOf("/form/fields/0/fields/1/pattern"));
        Assert.Equal("/schema/properties/rows/items/properties/a/title", form.PlaceOf("/form/fields/0/fields/0/label"));
        Assert.Equal("/schema/properties/rows", form.PlaceOf("/form/fields/0"));
        Assert.Equal("/assignee", form.PlaceOf("/assignee"));
    }

    private static FormOfSchema Read(string schema)
    {
        ToolProblems problems = [];
        var form = FormOfSchema.Read(Parse(schema), problems, []);
        Assert.True(form is not null, problems.ToString());
        return form;
    }

    private static void AssertFields(string schema, string fields)
    {
        var form = Read(schema).Form;
        AssertJson(fields, form["fields"]!);
        AssertIsAForm(form);
    }

    private static void AssertIsAForm(JsonObject form)
    {
        var problems = new Problems { Literal = true };
        FormReader.Read(JsonElement.Parse(form.ToJsonString()), "/form", problems);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.ToJsonString())), actual.ToJsonString());

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static string Spoken(JsonNode? field) =>
        $"{field!["name"]}:{field["type"]}{((bool?)field["required"] == true ? "!" : "")}{(field["visibleWhen"] is null ? "" : "?")}"
        + (field["fields"] is JsonArray columns ? $"({string.Join(',', columns.Select(Spoken))})" : "");
}
