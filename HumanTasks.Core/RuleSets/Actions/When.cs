using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    /// <summary>
    /// Continues with the next step if the condition is true, otherwise with <see cref="Otherwise"/>.
    /// </summary>
    public sealed record When : RuleAction
    {
        private static readonly OtherMember IfMember = new("if", "7", ConditionShapes.OfContext) { Required = true, Says = "A condition over the context." };
        internal static readonly ListMember Then = new("then", RuleSetReader.MaxActions, RuleSetShape.Action) { Required = true, Says = "Actions that run when it holds." };
        internal static readonly ListMember Else = new("else", RuleSetReader.MaxActions, RuleSetShape.Action) { Says = "Actions that run when it does not." };

        internal static IReadOnlyList<Member> Members { get; } = [IfMember, Then, Else];

        public override string Type => "when";

        public required Condition If { get; init; }

        public required int Otherwise { get; init; }

        internal static Condition? ReadIf(ActionReader action)
        {
            Condition? condition = null;
            if (action.Members.Any(IfMember) is { } element)
            {
                condition = ConditionReader.Read(element, action.Members.At(IfMember), action.Problems, "path");
            }
            else
            {
                action.Members.Refuse(IfMember, "'if' is required.");
            }

            if (action.Members.Any(Then) is null)
            {
                action.Members.Refuse(Then, "'then' is required.");
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
