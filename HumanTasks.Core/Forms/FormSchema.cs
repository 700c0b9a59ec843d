using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>The JSON Schema (draft 2020-12) of the values that a form accepts.</summary>
public static class FormSchema
{
    public static JsonObject Of(Form form, string title)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        var conditions = new JsonArray();
        foreach (var field in form.Fields.Where(field => field.TakesInput))
        {
            properties[field.Name] = OfField(field);
            if (field is { ReadOnly: true } or { MustBeAnswered: false })
            {
                continue;
            }

            if (field.VisibleWhen is null)
            {
                required.Add(field.Name);
            }
            else if (ConditionSchema.Requiring(form, field) is { } requiring)
            {
                conditions.Add(requiring);
            }
        }

        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        if (conditions.Count > 0)
        {
            schema["allOf"] = conditions;
        }

        return schema;
    }

    internal static JsonObject OfField(Field field)
    {
        var schema = field.Schema();
        schema["title"] = field.Label;
        if (field.Help is { } help)
        {
            schema["description"] = help;
        }

        if (field.Value is { } value)
        {
            schema["default"] = value.DeepClone();
        }

        if (field.ReadOnly)
        {
            schema["readOnly"] = true;
        }

        return schema;
    }

    /// <summary>Returns the JSON Schema for the fields of a form under design: each type with its members.</summary>
    public static JsonObject OfFields(int most)
    {
        var types = new JsonArray();
        foreach (var type in FieldTypes.All)
        {
            var members = new JsonObject();
            foreach (var member in FormShape.Common(type, isColumn: false).Where(member => type.TakesValue || member.Name != FormShape.Value))
            {
                members[member.Name] = member.Name == FormShape.VisibleWhen
                    ? OfType("object", ("description", "For example { \"field\": \"decision\", \"equals\": \"reject\" }."))
                    : member.Schema(Definitions.ForModels());
            }

            foreach (var (member, schema) in type.Members())
            {
                members[member] = schema!.DeepClone();
            }

            types.Add(OfMembers(members, ["name", "type", .. type.Needs]));
        }

        return OfType("array", ("minItems", 1), ("maxItems", most), ("items", new JsonObject { ["anyOf"] = types }));
    }

    internal static JsonObject OfMembers(JsonObject members, params ReadOnlySpan<string> required) => OfType(
        "object",
        ("properties", members),
        ("required", new JsonArray([.. required.ToArray().Select(name => JsonValue.Create(name))])),
        ("additionalProperties", false));

    internal static JsonObject OfOptions(IReadOnlyList<Option> options) => new()
    {
        ["oneOf"] = new JsonArray([.. options.Select(option => new JsonObject
        {
            ["const"] = option.Value,
            ["title"] = option.Label,
        })]),
    };

    /// <summary>Returns the schema of a text that matches all patterns.</summary>
    internal static JsonObject OfText(IEnumerable<string> patterns) => WithPatterns(OfType("string"), [.. patterns]);

    internal static JsonObject WithPatterns(JsonObject schema, params ReadOnlySpan<string> patterns)
    {
        if (patterns.Length > 0)
        {
            schema["pattern"] = patterns[0];
        }

        if (patterns.Length > 1)
        {
            schema["allOf"] = new JsonArray([.. patterns[1..].ToArray().Select(pattern => new JsonObject { ["pattern"] = pattern })]);
        }

        return schema;
    }

    internal static JsonObject OfType(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var schema = new JsonObject { ["type"] = type };
        foreach (var (name, value) in more)
        {
            schema[name] = value;
        }

        return schema;
    }
}
