using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>A whole number within limits.</summary>
public sealed class IntegerMember(string name, int min, int max) : Member(name)
{
    public int Min => min;

    public int Max => max;

    public override string Wrong => "0.5";

    private protected override JsonObject Describe(Definitions definitions) => Of("integer", ("minimum", min), ("maximum", max));
}
