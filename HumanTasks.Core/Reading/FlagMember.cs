using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>True or false.</summary>
public sealed class FlagMember(string name) : Member(name)
{
    public override string Wrong => "\"yes\"";

    private protected override JsonObject Describe(Definitions definitions) => Of("boolean");
}
