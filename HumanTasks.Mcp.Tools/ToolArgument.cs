using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools;

/// <summary>One argument of a tool.</summary>
/// <param name="Name">The name of the argument.</param>
/// <param name="Description">The description for models.</param>
/// <param name="Types">One or more of string, integer, number, boolean, object and array.</param>
internal sealed record ToolArgument(string Name, string Description, params string[] Types)
{
    public bool Required { get; init; }

    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    /// <summary>The maximum length in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The allowed values; null allows any.</summary>
    public string[]? Words { get; init; }

    public JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = Types.Length == 1 ? Types[0] : new JsonArray([.. Types.Select(type => (JsonNode)type)]),
            ["description"] = Description,
        };
        foreach (var (word, limit) in new[] { ("minimum", Minimum), ("maximum", Maximum), ("maxLength", MaxLength), ("minLength", Required ? 1 : null) })
        {
            if (limit is { } number)
            {
                schema[word] = number;
            }
        }

        if (Words is not null)
        {
            schema["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]);
        }

        return schema;
    }
}
