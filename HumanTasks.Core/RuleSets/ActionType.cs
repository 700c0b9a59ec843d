using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>A type of action: its name in a rule set, what reads it, and its members besides <c>type</c> and <c>name</c>.</summary>
internal sealed record ActionType(string Name, Func<ActionReader, RuleAction?> Read, IReadOnlyList<Member> Members)
{
    /// <summary>All members of such an action; any other is refused.</summary>
    public Shape Shape { get; } = ShapeOf(Name, Members);

    public static Shape ShapeOf(string type, IReadOnlyList<Member> members) => new(
        $"{char.ToUpperInvariant(type[0])}{type[1..]}Action",
        [new WordMember("type", type) { Required = true }, ActionMembers.Name, .. members]);
}
