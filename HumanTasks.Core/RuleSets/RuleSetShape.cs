using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>The members of a rule set, by which it is read and described.</summary>
public static class RuleSetShape
{
    internal static readonly TextMember SchemaMember = new("$schema", 2000) { Says = "The address of this schema, for editors. It is kept and has no effect." };
    internal static readonly TextMember Name = new("name") { Says = "The same as in the path." };
    internal static readonly TextMember Description = new("description", 2000);

    internal static readonly TextMember Title = new("title", RuleSetTitle.MaxLength)
    {
        Says = "The name of each run, a template such as Order {{order.number}}. Secrets are hidden in it. Without it a run has the title of its first task.",
    };

    internal static readonly TextsMember SecretPaths = new("secrets", 100, ContextPath.MaxLength)
    {
        Says = "Context paths whose values people who watch runs do not see.",
    };

    internal static readonly ListMember Actions = new("actions", RuleSetReader.MaxActions, Action) { Required = true, MinCount = 1 };

    public static readonly Shape Shape = new("RuleSet", SchemaMember, Name, Title, Description, SecretPaths, Actions)
    {
        Says = "A named, versioned list of actions.",
    };

    /// <summary>The body of a request for one human task without a rule set.</summary>
    /// <param name="extra">Members that only the request has.</param>
    public static Shape TaskRequest(params IReadOnlyList<Member> extra) =>
        new("TaskRequest", [.. RuleAction.HumanTask.RequestMembers, .. extra]);

    /// <summary>The body of a request for one human intervention without a rule set.</summary>
    /// <param name="extra">Members that only the request has.</param>
    public static Shape InterventionRequest(params IReadOnlyList<Member> extra) =>
        new("InterventionRequest", [.. RuleAction.HumanIntervention.MembersOf(needsTitle: false), .. extra]);

    /// <summary>The JSON Schema of one action of any type.</summary>
    internal static JsonObject Action(Definitions definitions) => definitions.OneOf(
        "Action",
        RuleSetReader.Types.Values.Select(type => (type.Name, type.Shape)).Append((RuleSetReader.Branch, RuleSetReader.BranchShape)));
}
