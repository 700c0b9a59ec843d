using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Web.Api;

/// <summary>A saved rule set.</summary>
public sealed record RuleSetAnswer(
    string Name,
    int Version,
    DateTimeOffset SavedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SavedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Secrets,
    IReadOnlyList<JsonObject> Actions);
