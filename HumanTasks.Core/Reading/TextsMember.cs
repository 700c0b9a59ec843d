using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>A list of texts.</summary>
public sealed class TextsMember(string name, int maxCount, int maxLength = 200) : Member(name)
{
    public int MaxCount => maxCount;

    public int MaxLength => maxLength;

    public int MinCount { get; init; }

    /// <summary>Whether one text may stand in place of the list.</summary>
    public bool OrOne { get; init; }

    /// <summary>The words that may be in it; any texts without them.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    public override string Wrong => "7";

    private protected override JsonObject Describe(Definitions definitions)
    {
        var text = Words is null
            ? Of("string", ("minLength", 1), ("maxLength", maxLength))
            : Of("string", ("enum", new JsonArray([.. Words.Select(word => JsonValue.Create(word))])));
        var list = Of("array", ("items", text), ("minItems", MinCount > 0 ? MinCount : null), ("maxItems", maxCount));
        return OrOne ? new JsonObject { ["anyOf"] = new JsonArray(text.DeepClone(), list) } : list;
    }
}
