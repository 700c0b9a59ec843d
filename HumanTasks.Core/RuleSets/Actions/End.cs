using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record End : RuleAction
    {
        private static readonly WordMember StatusMember = new("status", "completed", "failed", "cancelled") { Says = "Default completed." };
        private static readonly OtherMember OutputMember = ActionMembers.Anything("output", "The run's output. Texts in it may have templates.");

        internal static readonly ActionType ActionType = new("end", Read, [StatusMember, OutputMember]);

        public override string Type => "end";

        public EndStatus Status { get; init; }

        public ValueTemplate? Output { get; init; }

        internal static End Read(ActionReader action)
        {
            var members = action.Members;
            return new End
            {
                Name = action.Name,
                Status = Enum.Parse<EndStatus>(
                    members.OneOf(StatusMember), ignoreCase: true),
                Output = members.Any(OutputMember) is { } output
                    ? action.Kept(members.At(OutputMember), ValueTemplate.Parse(output, members.At(OutputMember), action.Problems))
                    : null,
            };
        }
    }
}
