using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>The JSON Schema (draft 2020-12) of the values that a form accepts.</summary>
public static class FormSchema
{
    public static JsonObject Of(Form form, string title)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in form.Fields)
        {
            properties[field.Name] = Of(field);
            if (field is { Required: true, VisibleWhen: null, ReadOnly: false })
            {
                required.Add(field.Name);
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

        return schema;
    }

    private static JsonObject Of(Field field)
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

    internal static JsonObject OfOptions(IReadOnlyList<Option> options) => new()
    {
        ["oneOf"] = new JsonArray([.. options.Select(option => new JsonObject
        {
            ["const"] = option.Value,
            ["title"] = option.Label,
        })]),
    };

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
