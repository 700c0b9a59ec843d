using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    /// <summary>
    /// Continues with the next step if the condition is true, otherwise with <see cref="Otherwise"/>.
    /// </summary>
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

    /// <summary>Continues at another step. Compiled at the end of a <c>then</c>; never written by an author.</summary>
    public sealed record Jump : RuleAction
    {
        public override string Type => "jump";

        public required int To { get; init; }
    }
}
