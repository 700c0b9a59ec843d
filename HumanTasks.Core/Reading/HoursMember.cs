using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>Hours above 0; fractions are allowed.</summary>
public sealed class HoursMember(string name, double max = 24 * 366 * 10) : Member(name)
{
    public double Max => max;

    public override string Wrong => "\"7\"";

    private protected override JsonObject Describe(Definitions definitions) =>
        Of("number", ("exclusiveMinimum", 0), ("maximum", max));
}
