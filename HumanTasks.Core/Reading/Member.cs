using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>
/// A member of a JSON object: its name, what it may hold and what it means. Readers read by it and JSON Schemas are made of
/// it, so that no name, kind or limit is written twice.
/// </summary>
public abstract class Member(string name)
{
    public string Name => name;

    /// <summary>Whether an object without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>What it means, in plain sentences; null where its name says it.</summary>
    public string? Says { get; init; }

    /// <summary>A JSON value that every reader of the member refuses.</summary>
    public abstract string Wrong { get; }

    /// <summary>The JSON Schema (2020-12) of its values. An optional member may be null, which is the same as absent.</summary>
    public JsonObject Schema(Definitions definitions)
    {
        var schema = Describe(definitions);
        if (!Required && definitions.AllowsNull)
        {
            schema = Nullable(schema);
        }

        if (Says is not null)
        {
            schema["description"] = Says;
        }

        return schema;
    }

    private protected abstract JsonObject Describe(Definitions definitions);

    private static JsonObject Nullable(JsonObject schema)
    {
        if (schema["type"] is JsonValue one && !schema.ContainsKey("const"))
        {
            schema["type"] = new JsonArray(one.DeepClone(), "null");
            (schema["enum"] as JsonArray)?.Add(null);
            return schema;
        }

        return schema.Count == 0 ? schema : new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
    }

    private protected static JsonObject Of(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var schema = new JsonObject { ["type"] = type };
        foreach (var (name, value) in more)
        {
            if (value is not null)
            {
                schema[name] = value;
            }
        }

        return schema;
    }
}
