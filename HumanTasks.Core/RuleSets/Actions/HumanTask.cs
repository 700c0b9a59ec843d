using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record HumanTask : RuleAction
    {
        public override string Type => "humanTask";

        public required PersonRequest Request { get; init; }

        public required RoutingRequest Routing { get; init; }

        public TimingRequest Timing { get; init; } = TimingRequest.None;

        /// <summary>Addresses of those who are told how it ended.</summary>
        public IReadOnlyList<PersonTemplate> TellOutcome { get; init; } = [];

        /// <summary>The environment's channels in which the task is announced.</summary>
        public IReadOnlyList<string> Channels { get; init; } = [];

        /// <summary>Whether the title, which may be personal, stands in the subjects of mails. Default false.</summary>
        public bool TitleInSubject { get; init; }

        public bool AllowReject { get; init; }

        /// <summary>Whether the isolated link is mailed to the assignee. Default true.</summary>
        public bool Notify { get; init; } = true;

        /// <summary>The context key under which templates find the isolated link; null for none.</summary>
        public string? LinkContextKey { get; init; }

        public required ContextPath SaveAs { get; init; }

        /// <summary>Queued with the answer, as for a human intervention; most human tasks have none.</summary>
        public Continuation? Continuation { get; init; }

        /// <summary>What a model outside asked for, in a run that it started by one request; no rule set says it.</summary>
        public ModelQuestion? FromModel { get; init; }

        /// <summary>Where links and images of its description may lead to; null for everywhere.</summary>
        public IReadOnlyList<string>? LinkHosts { get; init; }

        /// <summary>Where the answer goes when nobody says where.</summary>
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
                TellOutcome = action.People(members, "notifyOutcome"),
                Channels = ReadChannels(action),
                TitleInSubject = members.Flag("titleInSubject") ?? false,
                AllowReject = members.Flag("allowReject") ?? routing.Veto,
                Notify = members.Flag("notify") ?? true,
                LinkContextKey = linkKey,
                SaveAs = action.Key("saveAs") ?? UsualKey(action.Name),
                Continuation = action.Continuation(required: false),
            };
        }

        private static IReadOnlyList<string> ReadChannels(ActionReader action)
        {
            var channels = action.Members.TextsAt("channels", MaxChannels, 64);
            foreach (var (name, pointer) in channels)
            {
                if (!action.IsTrusted && !action.Limits.Channels.Contains(name, StringComparer.Ordinal))
                {
                    action.Problems.Add(pointer, $"No channel named '{name}' in this environment (HumanTasks:Environments:N:Channels).");
                }
            }

            return [.. channels.Select(channel => channel.Text)];
        }

        private const int MaxChannels = 10;
    }
}
