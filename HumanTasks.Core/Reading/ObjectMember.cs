using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>An object: of a shape, or with whatever members it has.</summary>
public sealed class ObjectMember(string name, Shape? shape = null) : Member(name)
{
    /// <summary>The schema of each value of an object without a shape; anything without it.</summary>
    public Func<JsonObject>? Values { get; init; }

    public override string Wrong => "7";

    private protected override JsonObject Describe(Definitions definitions) =>
        shape is not null ? definitions.Of(shape) : Of("object", ("additionalProperties", Values?.Invoke() ?? (JsonNode)true));
}
