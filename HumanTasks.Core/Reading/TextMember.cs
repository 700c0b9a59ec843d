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
