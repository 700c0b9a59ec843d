using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>The members that a JSON object may have, and no others.</summary>
/// <param name="name">As schemas call it, such as <c>HumanTaskAction</c>.</param>
/// <param name="members">All of them, in the order in which they are described.</param>
public sealed class Shape(string name, params IReadOnlyList<Member> members)
{
    private readonly HashSet<string> names = new(members.Select(member => member.Name), StringComparer.Ordinal);

    public string Name => name;

    public IReadOnlyList<Member> Members => members;

    /// <summary>What it is, in a plain sentence.</summary>
    public string? Says { get; init; }

    public bool Has(string member) => names.Contains(member);

    /// <summary>Its JSON Schema (2020-12).</summary>
    public JsonObject Schema(Definitions definitions)
    {
        var properties = new JsonObject();
        foreach (var member in members)
        {
            properties[member.Name] = member.Schema(definitions);
        }

        var schema = new JsonObject { ["type"] = "object" };
        if (Says is not null)
        {
            schema["description"] = Says;
        }

        schema["properties"] = properties;
        if (members.Where(member => member.Required).Select(member => JsonValue.Create(member.Name)).ToArray() is { Length: > 0 } required)
        {
            schema["required"] = new JsonArray([.. required]);
        }

        schema["additionalProperties"] = false;
        return schema;
    }
}
