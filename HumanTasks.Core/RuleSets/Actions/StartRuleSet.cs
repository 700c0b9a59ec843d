using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record StartRuleSet : RuleAction
    {
        public override string Type => "startRuleSet";

        public required string RuleSet { get; init; }

        /// <summary>The context of the new run; null copies the context of this run.</summary>
        public ValueTemplate? Context { get; init; }

        internal static StartRuleSet Read(ActionReader action)
        {
            var ruleSet = action.Members.RequiredText("ruleSet", RuleSetName.MaxLength);
            if (ruleSet.Length > 0 && !RuleSetName.IsValid(ruleSet))
            {
                action.Members.Refuse("ruleSet", RuleSetName.Rule);
            }

            ValueTemplate? context = null;
            if (action.Members.Object("context") is { } members)
            {
                context = action.Kept(
                    members.Pointer, ValueTemplate.Parse(members.Element, members.Pointer, action.Problems));
            }

            return new StartRuleSet { Name = action.Name, RuleSet = ruleSet, Context = context };
        }
    }
}
