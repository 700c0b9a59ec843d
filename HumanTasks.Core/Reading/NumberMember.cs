using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

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
