using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools;

/// <summary>
/// A form from the flat JSON Schema of an MCP elicitation (Model Context Protocol, client features): strings with a format or
/// an enum, numbers, integers, booleans, and lists of an enum.
/// </summary>
public static class ElicitationForm
{
    public static JsonObject Of(JsonObject schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var required = (schema["required"] as JsonArray ?? []).Select(name => name?.ToString()).ToHashSet(StringComparer.Ordinal);
        var fields = new JsonArray();
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            var field = FieldOf(property as JsonObject ?? []);
            field["name"] = name;
            Copy(property, "title", field, "label");
            Copy(property, "description", field, "help");
            Copy(property, "default", field, "value");
            if (required.Contains(name) && (string?)field["type"] != "boolean")
            {
                field["required"] = true;
            }

            fields.Add((JsonNode)field);
        }

        return new JsonObject { ["fields"] = fields };
    }

    private static JsonObject FieldOf(JsonObject property) => (string?)property["type"] switch
    {
        "boolean" => new JsonObject { ["type"] = "boolean" },
        "integer" or "number" => NumberOf(property),
        "array" when property["items"] is JsonObject items => new JsonObject { ["type"] = "multiChoice", ["options"] = OptionsOf(items) },
        _ when OptionsOf(property) is { Count: > 0 } options => new JsonObject { ["type"] = "choice", ["options"] = options },
        _ => TextOf(property),
    };

    private static JsonObject NumberOf(JsonObject property)
    {
        var field = new JsonObject { ["type"] = property["type"]!.DeepClone() };
        Copy(property, "minimum", field, "min");
        Copy(property, "maximum", field, "max");
        return field;
    }

    private static JsonObject TextOf(JsonObject property)
    {
        var type = (string?)property["format"] switch
        {
            "email" => "email",
            "uri" => "url",
            "date" => "date",
            "time" => "time",
            "date-time" => "dateTime",
            _ => "text",
        };
        var field = new JsonObject { ["type"] = type };
        if (type == "text")
        {
            Copy(property, "minLength", field, "minLength");
            Copy(property, "maxLength", field, "maxLength");
            Copy(property, "pattern", field, "pattern");
        }

        return field;
    }

    // { enum, enumNames } and { oneOf or anyOf: [{ const, title }] }
    private static JsonArray OptionsOf(JsonObject property)
    {
        var names = property["enumNames"] as JsonArray;
        var options = (property["enum"] as JsonArray ?? []).Select((value, index) => (Value: value, Label: index < names?.Count ? names[index] : value))
            .Concat((property["oneOf"] as JsonArray ?? property["anyOf"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(option => (Value: option["const"], Label: option["title"] ?? option["const"])));
        return new JsonArray([.. options.Where(option => option.Value is not null).Select(option => new JsonObject
        {
            ["value"] = option.Value!.ToString(),
            ["label"] = option.Label!.ToString(),
        })]);
    }

    private static void Copy(JsonNode? from, string name, JsonObject to, string member)
    {
        if (from is JsonObject members && members[name] is { } value)
        {
            to[member] = value.DeepClone();
        }
    }
}
