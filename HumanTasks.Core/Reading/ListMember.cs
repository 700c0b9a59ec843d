using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>A list of what a schema describes.</summary>
public sealed class ListMember(string name, int maxCount, Func<Definitions, JsonObject> items) : Member(name)
{
    public int MaxCount => maxCount;

    public int MinCount { get; init; }

    /// <summary>Whether one of them may stand in place of the list.</summary>
    public bool OrOne { get; init; }

    public override string Wrong => "7";

    private protected override JsonObject Describe(Definitions definitions)
    {
        var list = Of("array", ("items", items(definitions)), ("minItems", MinCount > 0 ? MinCount : null), ("maxItems", maxCount));
        return OrOne ? new JsonObject { ["anyOf"] = new JsonArray(items(definitions), list) } : list;
    }
}
