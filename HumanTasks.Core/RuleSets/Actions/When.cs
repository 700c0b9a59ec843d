using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    /// <summary>Goes on with the next step when the condition holds, with <see cref="Otherwise"/> when it does not.</summary>
    public sealed record When : RuleAction
    {
        public override string Type => "when";

        public required Condition If { get; init; }

        public required int Otherwise { get; init; }

        internal static Condition? ReadIf(ActionReader action)
        {
            Condition? condition = null;
            if (action.Members.Any("if") is { } element)
            {
                condition = ConditionReader.Read(element, action.Members.At("if"), action.Problems, "path");
            }
            else
            {
                action.Members.Refuse("if", "'if' is required.");
            }

            if (action.Members.Any("then") is null)
            {
                action.Members.Refuse("then", "'then' is required.");
            }

            return condition;
        }
    }

    /// <summary>Goes on elsewhere; stands at the end of a <c>then</c> and is never written by a person.</summary>
    public sealed record Jump : RuleAction
    {
        public override string Type => "jump";

        public required int To { get; init; }
    }
}
