using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>A text of at most so many characters.</summary>
public sealed class TextMember(string name, int maxLength = 1000) : Member(name)
{
    public int MaxLength => maxLength;

    /// <summary>Whether it may be an object with one text for each of several languages.</summary>
    public bool Localized { get; init; }

    /// <summary>A regular expression of what it may hold, for schemas; the reader says it in words.</summary>
    public string? Pattern { get; init; }

    public override string Wrong => "7";

    private protected override JsonObject Describe(Definitions definitions)
    {
        var text = Of("string", ("minLength", Required ? 1 : null), ("maxLength", maxLength), ("pattern", Pattern));
        return Localized && definitions.AllowsLanguages ? new JsonObject { ["anyOf"] = new JsonArray(text, InLanguages()) } : text;
    }

    private JsonObject InLanguages() => Of(
        "object",
        ("additionalProperties", Of("string", ("maxLength", maxLength))),
        ("minProperties", 1),
        ("description", "One text for each of several languages (BCP 47)."));
}

/// <summary>True or false.</summary>
public sealed class FlagMember(string name) : Member(name)
{
    public override string Wrong => "\"yes\"";

    private protected override JsonObject Describe(Definitions definitions) => Of("boolean");
}

/// <summary>A number within a decimal's range.</summary>
public sealed class NumberMember(string name) : Member(name)
{
    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>What it must be greater than.</summary>
    public double? Above { get; init; }

    public override string Wrong => "\"7\"";

    private protected override JsonObject Describe(Definitions definitions) =>
        Of("number", ("minimum", Min), ("exclusiveMinimum", Above), ("maximum", Max));
}

/// <summary>Hours above 0; fractions are allowed.</summary>
public sealed class HoursMember(string name, double max = 24 * 366 * 10) : Member(name)
{
    public double Max => max;

    public override string Wrong => "\"7\"";

    private protected override JsonObject Describe(Definitions definitions) =>
        Of("number", ("exclusiveMinimum", 0), ("maximum", max));
}

/// <summary>A whole number within limits.</summary>
public sealed class IntegerMember(string name, int min, int max) : Member(name)
{
    public int Min => min;

    public int Max => max;

    public override string Wrong => "0.5";

    private protected override JsonObject Describe(Definitions definitions) => Of("integer", ("minimum", min), ("maximum", max));
}

/// <summary>One of a few words.</summary>
public sealed class WordMember(string name, params IReadOnlyList<string> words) : Member(name)
{
    public IReadOnlyList<string> Words => words;

    public override string Wrong => "\"no such word\"";

    private protected override JsonObject Describe(Definitions definitions) =>
        words is [var only] ? Of("string", ("const", only)) : Of("string", ("enum", new JsonArray([.. words.Select(word => JsonValue.Create(word))])));
}

/// <summary>An object: of a shape, or with whatever members it has.</summary>
public sealed class ObjectMember(string name, Shape? shape = null) : Member(name)
{
    /// <summary>The schema of each value of an object without a shape; anything without it.</summary>
    public Func<JsonObject>? Values { get; init; }

    public override string Wrong => "7";

    private protected override JsonObject Describe(Definitions definitions) =>
        shape is not null ? definitions.Of(shape) : Of("object", ("additionalProperties", Values?.Invoke() ?? (JsonNode)true));
}

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

/// <summary>What is none of the others, such as a number or a word.</summary>
/// <param name="name">Its name.</param>
/// <param name="wrong">A JSON value that its reader refuses; null where it takes anything.</param>
/// <param name="schema">What it may hold.</param>
public sealed class OtherMember(string name, string? wrong, Func<Definitions, JsonObject> schema) : Member(name)
{
    /// <summary>Whether the reader takes whatever is there.</summary>
    public bool TakesAnything => wrong is null;

    public override string Wrong => wrong ?? "null";

    private protected override JsonObject Describe(Definitions definitions) => schema(definitions);
}
