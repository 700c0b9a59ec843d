using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record End : RuleAction
    {
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
                    members.OneOf("status", "completed", "completed", "failed", "cancelled"), ignoreCase: true),
                Output = members.Any("output") is { } output
                    ? action.Kept(members.At("output"), ValueTemplate.Parse(output, members.At("output"), action.Problems))
                    : null,
            };
        }
    }
}

public enum EndStatus
{
    Completed,
    Failed,
    Cancelled,
}
