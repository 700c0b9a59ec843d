using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record HumanTask : RuleAction
    {
        public override string Type => "humanTask";

        public required PersonRequest Request { get; init; }

        public required Template Assignee { get; init; }

        public TimeSpan? DueIn { get; init; }

        /// <summary>Without it the task lives as long as its run stays available.</summary>
        public TimeSpan? ExpiresIn { get; init; }

        public bool AllowReject { get; init; }

        /// <summary>Whether the isolated link is mailed to the assignee. Default true.</summary>
        public bool Notify { get; init; } = true;

        /// <summary>The context key under which templates find the isolated link; null for none.</summary>
        public string? LinkContextKey { get; init; }

        public required ContextPath SaveAs { get; init; }

        /// <summary>Queued with the answer, as for a human intervention; most human tasks have none.</summary>
        public Continuation? Continuation { get; init; }

        /// <summary>Where the answer goes when nobody says where.</summary>
        internal static ContextPath UsualKey(string action) => ContextPath.TryParse(action.Replace('.', '_'))!;

        internal static HumanTask Read(ActionReader action)
        {
            var members = action.Members;
            if (!action.Limits.HumanTasks)
            {
                action.Problems.Add(members.Pointer, "Human tasks are not enabled in this environment.");
            }

            var assignee = action.Template("assignee", 1000, required: true);
            action.Keep(members.At("assignee"), assignee.Paths);
            var linkKey = action.LinkKey();
            return new HumanTask
            {
                Name = action.Name,
                Request = PersonRequest.Read(action),
                Assignee = assignee,
                DueIn = action.Span("dueInHours", bounded: false),
                ExpiresIn = action.Span("expiresInHours", bounded: true),
                AllowReject = members.Flag("allowReject") ?? false,
                Notify = members.Flag("notify") ?? true,
                LinkContextKey = linkKey,
                SaveAs = action.Key("saveAs") ?? UsualKey(action.Name),
                Continuation = action.Continuation(required: false),
            };
        }
    }
}
