using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

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
