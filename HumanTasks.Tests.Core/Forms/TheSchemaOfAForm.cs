using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;

namespace HumanTasks.Tests.Forms;

public sealed class TheSchemaOfAForm
{
    [Theory]
    [InlineData(""" "type": "text" """, """{"type":"string","maxLength":20000,"title":"f"}""")]
    [InlineData(""" "type": "text", "required": true, "maxLength": 5, "pattern": "a|b" """, """{"type":"string","maxLength":5,"minLength":1,"pattern":"^(?:a|b)$","title":"f"}""")]
    [InlineData(""" "type": "text", "required": true """, """{"type":"string","maxLength":20000,"minLength":1,"pattern":"[^\\u0009-\\u000D\\u0020\\u0085\\u00A0\\u00AD\\u034F\\u061C\\u115F\\u1160\\u1680\\u17B4\\u17B5\\u180B-\\u180F\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u3000\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFF8]","title":"f"}""")]
    [InlineData(""" "type": "text", "pattern": "(?i)a\\-b" """, """{"type":"string","maxLength":20000,"title":"f"}""")]
    [InlineData(""" "type": "boolean", "mustBeTrue": true """, """{"type":"boolean","const":true,"title":"f"}""")]
    [InlineData(""" "type": "date", "max": "2026-02-01" """, """{"type":"string","format":"date","pattern":"^(?:[0-1].*|20(?:[0-1].*|2(?:[0-5].*|6-0(?:[0-1].*|2-0(?:0.*|1)))))$","title":"f"}""")]
    [InlineData(""" "type": "integer", "min": 1, "max": 11, "step": 5 """, """{"type":"integer","minimum":1,"maximum":11,"enum":[1,6,11],"title":"f"}""")]
    [InlineData(""" "type": "text", "minLength": 3, "label": "L", "help": "H", "value": "v", "readOnly": true """, """{"type":"string","maxLength":20000,"minLength":3,"title":"L","description":"H","default":"v","readOnly":true}""")]
    [InlineData(""" "type": "number", "min": 0.5, "max": 10 """, """{"type":"number","minimum":0.5,"maximum":10,"title":"f"}""")]
    [InlineData(""" "type": "integer", "min": 10, "step": 5 """, """{"type":"integer","minimum":10,"multipleOf":5,"title":"f"}""")]
    [InlineData(""" "type": "integer", "min": 1, "step": 5 """, """{"type":"integer","minimum":1,"title":"f"}""")]
    [InlineData(""" "type": "number", "min": -79228162514264337593543950335, "step": 0.01 """, """{"type":"number","minimum":-79228162514264337593543950335,"title":"f"}""")]
    [InlineData(""" "type": "date" """, """{"type":"string","format":"date","title":"f"}""")]
    [InlineData(""" "type": "time" """, """{"type":"string","pattern":"^(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,7})?)?$","title":"f"}""")]
    [InlineData(""" "type": "dateTime" """, """{"type":"string","format":"date-time","title":"f"}""")]
    [InlineData(""" "type": "email" """, """{"type":"string","format":"email","maxLength":254,"pattern":"^[^@]{1,64}@.+\\.[^.]*[^.0-9][^.]*$","title":"f"}""")]
    [InlineData(""" "type": "url" """, """{"type":"string","format":"uri","maxLength":2000,"pattern":"^[Hh][Tt][Tt][Pp][Ss]?:\\/\\/[^\\s\\/?#:]","title":"f"}""")]
    [InlineData(""" "type": "boolean" """, """{"type":"boolean","title":"f"}""")]
    [InlineData(""" "type": "choice", "options": [ { "value": "a", "label": "A" } ] """, """{"oneOf":[{"const":"a","title":"A"}],"title":"f"}""")]
    [InlineData(""" "type": "multiChoice", "options": [ { "value": "a" } ], "required": true """, """{"type":"array","items":{"oneOf":[{"const":"a","title":"a"}]},"uniqueItems":true,"minItems":1,"title":"f"}""")]
    public void Says_of_every_type_what_it_accepts(string field, string expected)
    {
        var schema = FormSchema.Of(FormGiven.Form($$"""{ "name": "f", {{field}} }"""), "T")["properties"]!["f"];

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), schema), schema!.ToJsonString());
    }

    [Fact]
    public void Says_how_files_are_sent()
    {
        var one = FormSchema.Of(FormGiven.Form("""{ "name": "f", "type": "file" }"""), "T")["properties"]!["f"]!;
        var many = FormSchema.Of(
            FormGiven.Form("""{ "name": "f", "type": "file", "multiple": true, "maxFiles": 3, "required": true }"""), "T")["properties"]!["f"]!;

        Assert.Equal("object", one["type"]!.GetValue<string>());
        Assert.Contains("multipart/form-data", one["description"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(("array", 1, 3), (many["type"]!.GetValue<string>(), many["minItems"]!.GetValue<int>(), many["maxItems"]!.GetValue<int>()));
    }

    [Fact]
    public void Requires_what_is_always_asked_and_allows_nothing_else()
    {
        var schema = FormSchema.Of(
            FormGiven.Form(
                """{ "name": "a", "type": "text", "required": true }""",
                """{ "name": "b", "type": "text", "required": true, "visibleWhen": { "field": "a", "equals": "x" } }""",
                """{ "name": "c", "type": "text", "required": true, "readOnly": true, "value": "v" }""",
                """{ "name": "d", "type": "text" }"""),
            "Approve \"it\"");

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema["$schema"]!.GetValue<string>());
        Assert.Equal("Approve \"it\"", schema["title"]!.GetValue<string>());
        Assert.Equal("object", schema["type"]!.GetValue<string>());
        Assert.Equal("""["a"]""", schema["required"]!.ToJsonString());
        Assert.Equal(["a", "b", "c", "d"], schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
    }

    [Fact]
    public void Requires_nothing_where_nothing_is_required() =>
        Assert.False(FormSchema.Of(FormGiven.Form("""{ "name": "d", "type": "text" }"""), "T").ContainsKey("required"));
}
