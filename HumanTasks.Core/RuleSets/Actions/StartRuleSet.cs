using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record StartRuleSet : RuleAction
    {
        private static readonly TextMember RuleSetMember = new("ruleSet", RuleSetName.MaxLength) { Required = true, Pattern = RuleSetName.Expression };
        private static readonly ObjectMember ContextMember = new("context") { Says = "The new run's context; a copy of this run's without it. Texts in it may have templates." };

        internal static readonly ActionType ActionType = new("startRuleSet", Read, [RuleSetMember, ContextMember]);

        public override string Type => "startRuleSet";

        public required string RuleSet { get; init; }

        /// <summary>The context of the new run; null copies the context of this run.</summary>
        public ValueTemplate? Context { get; init; }

        internal static StartRuleSet Read(ActionReader action)
        {
            var ruleSet = action.Members.RequiredText(RuleSetMember);
            if (ruleSet.Length > 0 && !RuleSetName.IsValid(ruleSet))
            {
                action.Members.Refuse(RuleSetMember, RuleSetName.Rule);
            }

            ValueTemplate? context = null;
            if (action.Members.Object(ContextMember) is { } members)
            {
                context = action.Kept(
                    members.Pointer, ValueTemplate.Parse(members.Element, members.Pointer, action.Problems));
            }

            return new StartRuleSet { Name = action.Name, RuleSet = ruleSet, Context = context };
        }
    }
}
