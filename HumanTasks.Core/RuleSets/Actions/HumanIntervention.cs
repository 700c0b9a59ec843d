using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record HumanIntervention : RuleAction
    {
        private static readonly TimeSpan UsualExpiration = TimeSpan.FromHours(1);

        private static readonly HoursMember LinkExpirationHours = new("linkExpirationHours") { Says = "Hours until the link expires, from when the run pauses. Default 1." };
        private static readonly IntegerMember MaxUsesMember = new("maxUses", 1, 1000) { Says = "How many responses are accepted. Default 1." };

        internal static readonly ActionType ActionType = new("humanIntervention", Read, MembersOf(needsTitle: true));

        internal static IReadOnlyList<Member> MembersOf(bool needsTitle) =>
            [.. PersonRequest.MembersOf(needsTitle), ActionMembers.RequiredContinuation, LinkExpirationHours, MaxUsesMember, ActionMembers.LinkContextKey];

        public override string Type => "humanIntervention";

        public required PersonRequest Request { get; init; }

        public required Continuation Continuation { get; init; }

        /// <summary>The lifetime of the link, counted from the pause. Default 1 hour.</summary>
        public TimeSpan LinkExpiration { get; init; } = UsualExpiration;

        /// <summary>The maximum number of uses, 1 to 1000.</summary>
        public int MaxUses { get; init; } = 1;

        /// <summary>The context key of the link for templates.</summary>
        public required string LinkContextKey { get; init; }

        internal static string UsualKey(string action) => $"{action.Replace('.', '_')}Link";

        internal static HumanIntervention? Read(ActionReader action)
        {
            var members = action.Members;
            var request = PersonRequest.Read(action);
            var key = action.LinkKey(UsualKey(action.Name))!;

            var continuation = action.Continuation(required: true);
            var expiration = action.Span(LinkExpirationHours, bounded: true);
            var maxUses = members.Integer(MaxUsesMember);
            var longest = action.Limits.LongestLink;
            return continuation is null ? null : new HumanIntervention
            {
                Name = action.Name,
                Request = request,
                Continuation = continuation,
                LinkExpiration = expiration ?? (UsualExpiration < longest ? UsualExpiration : longest),
                MaxUses = maxUses ?? 1,
                LinkContextKey = key,
            };
        }
    }
}
