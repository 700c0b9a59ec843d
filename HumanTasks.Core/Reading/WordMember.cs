using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>One of a few words.</summary>
public sealed class WordMember(string name, params IReadOnlyList<string> words) : Member(name)
{
    public IReadOnlyList<string> Words => words;

    public override string Wrong => "\"no such word\"";

    private protected override JsonObject Describe(Definitions definitions) =>
        words is [var only] ? Of("string", ("const", only)) : Of("string", ("enum", new JsonArray([.. words.Select(word => JsonValue.Create(word))])));
}
