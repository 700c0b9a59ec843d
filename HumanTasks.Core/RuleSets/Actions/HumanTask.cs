using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record HumanTask : RuleAction
    {
        private static readonly TextsMember NotifyOutcome = new("notifyOutcome", 50, 1000) { OrOne = true, Says = "Who is told how it ended." };
        private static readonly TextsMember ChannelsMember = new("channels", 10, 64) { Says = "Channels of the environment in which the task is announced." };
        private static readonly FlagMember TitleInSubjectMember = new("titleInSubject") { Says = "Whether email subjects have the title. Default false." };
        private static readonly FlagMember AllowRejectMember = new("allowReject") { Says = "Whether the assignee may decline. Default: the value of 'veto'." };
        private static readonly FlagMember NotifyMember = new("notify") { Says = "Whether the assignee is sent a secure link by email. Default true." };

        /// <summary>All that a request for one task has, too.</summary>
        internal static IReadOnlyList<Member> RequestMembers { get; } =
        [
            .. PersonRequest.MembersOf(needsTitle: true), .. RoutingRequest.Members, .. TimingRequest.Members,
            NotifyOutcome, ChannelsMember, TitleInSubjectMember, AllowRejectMember, NotifyMember,
            ActionMembers.LinkContextKey, ActionMembers.Continuation,
        ];

        internal static readonly ActionType ActionType = new("humanTask", Read, [.. RequestMembers, ActionMembers.SaveAs]);

        public override string Type => "humanTask";

        public required PersonRequest Request { get; init; }

        public required RoutingRequest Routing { get; init; }

        public TimingRequest Timing { get; init; } = TimingRequest.None;

        /// <summary>The addresses that are notified of the outcome.</summary>
        public IReadOnlyList<PersonTemplate> TellOutcome { get; init; } = [];

        /// <summary>The environment's channels that announce the task.</summary>
        public IReadOnlyList<string> Channels { get; init; } = [];

        /// <summary>
        /// Whether the title, which may contain personal data, appears in email subjects. Default false.
        /// </summary>
        public bool TitleInSubject { get; init; }

        public bool AllowReject { get; init; }

        /// <summary>Whether the secure link is emailed to the assignee. Default true.</summary>
        public bool Notify { get; init; } = true;

        /// <summary>The context key of the secure link for templates; null for none.</summary>
        public string? LinkContextKey { get; init; }

        public required ContextPath SaveAs { get; init; }

        /// <summary>
        /// The continuation, queued with the response as for a human intervention; null for most human tasks.
        /// </summary>
        public Continuation? Continuation { get; init; }

        /// <summary>
        /// The question of an external model, in a run that one request started. Rule sets cannot set it.
        /// </summary>
        public ModelQuestion? FromModel { get; init; }

        /// <summary>The hosts that links and images in the description may use; null for all.</summary>
        public IReadOnlyList<string>? LinkHosts { get; init; }

        /// <summary>Returns the default context key of the response.</summary>
        internal static ContextPath UsualKey(string action) => ContextPath.TryParse(action.Replace('.', '_'))!;

        internal static HumanTask Read(ActionReader action)
        {
            var members = action.Members;
            if (!action.Limits.HumanTasks)
            {
                action.Problems.Add(members.Pointer, "Human tasks are not enabled in this environment.");
            }

            var routing = RoutingRequest.Read(action);
            var linkKey = action.LinkKey();
            var request = PersonRequest.Read(action);
            return new HumanTask
            {
                Name = action.Name,
                Request = request,
                Routing = routing,
                Timing = TimingRequest.Read(action, request.Form),
                TellOutcome = action.People(members, NotifyOutcome),
                Channels = ReadChannels(action),
                TitleInSubject = members.Flag(TitleInSubjectMember) ?? false,
                AllowReject = members.Flag(AllowRejectMember) ?? routing.Veto,
                Notify = members.Flag(NotifyMember) ?? true,
                LinkContextKey = linkKey,
                SaveAs = action.Key(ActionMembers.SaveAs) ?? UsualKey(action.Name),
                Continuation = action.Continuation(required: false),
            };
        }

        private static IReadOnlyList<string> ReadChannels(ActionReader action)
        {
            var channels = action.Members.TextsAt(ChannelsMember);
            foreach (var (name, pointer) in channels)
            {
                if (!action.IsTrusted && !action.Limits.Channels.Contains(name, StringComparer.Ordinal))
                {
                    action.Problems.Add(pointer, $"No channel named '{name}' in this environment (HumanTasks:Environments:N:Channels).");
                }
            }

            return [.. channels.Select(channel => channel.Text)];
        }
    }
}
