using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>Members that several actions have.</summary>
internal static class ActionMembers
{
    public static readonly TextMember Name = new("name", 64)
    {
        Pattern = RuleSetName.Expression,
        Says = "Unique in its rule set; derived from the type without it.",
    };

    public static readonly TextMember SaveAs = new("saveAs", ContextPath.MaxLength) { Says = "The context key of the result, such as invoice.approval." };

    public static readonly TextMember LinkContextKey = new("linkContextKey", ContextPath.MaxLength)
    {
        Says = "The context key under which templates of email and http actions find the link.",
    };

    public static readonly ObjectMember Continuation = new("continuation", RuleSets.Continuation.Shape)
    {
        Says = "What receives each response: a rule set of this environment or a webhook.",
    };

    public static readonly ObjectMember RequiredContinuation = new("continuation", RuleSets.Continuation.Shape)
    {
        Required = true,
        Says = Continuation.Says,
    };

    public static readonly FlagMember KeepErrors = RuleSets.Continuation.KeepErrorsMember;

    public static readonly ObjectMember Retry = new("retry", RetryPolicy.Shape) { Says = "How failures of this action are retried." };

    /// <summary>A literal value of any kind, or texts in it that are templates.</summary>
    public static OtherMember Anything(string name, string says, bool required = false) =>
        new(name, null, static _ => new JsonObject()) { Says = says, Required = required };
}
