using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    /// <summary>A model that follows instructions and asks people when it needs to.</summary>
    public sealed record Agent : RuleAction
    {
        private const int MaxEntries = 50;

        private static readonly TextMember InstructionsMember = new("instructions", 20_000) { Required = true, Says = "What the model is to do. Templates are resolved." };
        private static readonly TextsMember ContextMember = new("context", 100, ContextPath.MaxLength) { Says = "Context paths that the model sees; [\"*\"] is all of it." };
        private static readonly TextMember ModelMember = new("model", 100) { Says = "The name of a configured model; the first one without it." };
        private static readonly TextMember AssigneeMember = new("assignee") { Required = true, Says = "The email address of the person who is asked by default." };
        private static readonly TextsMember AssigneesMember = new("assignees", MaxEntries, 1000) { OrOne = true, Says = "Who else the model may ask: addresses, or domains such as @example.com." };
        private static readonly ObjectMember OutputMember = new("output", FormShape.Shape) { Says = "The fields of the result; anything without it." };
        private static readonly FlagMember ReviewMember = new("review") { Says = "Whether a response is final only when the model has looked at it." };
        private static readonly TextsMember AllowedHostsMember = new("allowedHosts", MaxEntries, 253) { Says = "Hosts that links of the model may lead to." };
        private static readonly IntegerMember MaxRoundsMember = new("maxRounds", 1, 100) { Says = "How often people are asked. Default 10." };
        private static readonly IntegerMember MaxTokensMember = new("maxTokens", 1, 100_000_000) { Says = "Tokens of all model calls together. Default 200000." };
        private static readonly IntegerMember MaxMinutesMember = new("maxMinutes", 1, 24 * 60) { Says = "Minutes of all model calls together. Default 30." };

        internal static readonly ActionType ActionType = new(
            "agent",
            Read,
            [
                InstructionsMember, ContextMember, ModelMember, AssigneeMember, AssigneesMember, OutputMember, ReviewMember, AllowedHostsMember,
                ActionMembers.SaveAs, MaxRoundsMember, MaxTokensMember, MaxMinutesMember, ActionMembers.KeepErrors,
                ActionMembers.Retry,
            ]);

        public override string Type => "agent";

        /// <summary>The instructions for the model, as the author wrote them.</summary>
        public required Template Instructions { get; init; }

        /// <summary>The parts of the run's context that the model sees; <c>*</c> is all of it.</summary>
        public IReadOnlyList<ShownPath> Context { get; init; } = [];

        /// <summary>The name of a configured model; the first one if null.</summary>
        public string? Model { get; init; }

        /// <summary>The default assignee, used unless the model names another permitted person.</summary>
        public required PersonTemplate Assignee { get; init; }

        /// <summary>Other people the model may ask: addresses, or domains such as <c>@example.com</c>.</summary>
        public IReadOnlyList<PersonTemplate> Assignees { get; init; } = [];

        /// <summary>The fields of the result; null allows any result.</summary>
        public Form? Output { get; init; }

        /// <summary>Whether a response is final only after the model has reviewed it.</summary>
        public bool Review { get; init; }

        /// <summary>Additional hosts that links and images in the model's texts may use.</summary>
        public IReadOnlyList<string> AllowedHosts { get; init; } = [];

        public required ContextPath SaveAs { get; init; }

        /// <summary>The maximum number of questions to people. Default 10.</summary>
        public int MaxRounds { get; init; } = 10;

        /// <summary>The maximum number of tokens for all calls together. Default 200,000.</summary>
        public int MaxTokens { get; init; } = 200_000;

        /// <summary>
        /// The maximum working time of all calls together, in minutes. Waiting for people does not count. Default 30.
        /// </summary>
        public int MaxMinutes { get; init; } = 30;

        /// <summary>Whether the beginning of a failed answer's body of the model is kept in the run's record.</summary>
        public bool KeepErrors { get; init; }

        internal static Agent Read(ActionReader action)
        {
            var members = action.Members;
            if (!action.Limits.HumanTasks)
            {
                action.Problems.Add(members.Pointer, "Human tasks are not enabled in this environment.");
            }

            var instructions = action.Template(InstructionsMember);
            action.Keep(members.At(InstructionsMember), instructions.Paths);
            var assignee = action.Person(members, AssigneeMember, required: true);
            action.Reserve();
            return new Agent
            {
                Name = action.Name,
                Instructions = instructions,
                Context = ShownPath.ReadPaths(members, ContextMember),
                Model = members.Text(ModelMember),
                Assignee = assignee,
                Assignees = action.People(members, AssigneesMember, orDomain: true),
                Output = ReadOutput(action),
                Review = members.Flag(ReviewMember) ?? false,
                AllowedHosts = ReadHosts(action),
                SaveAs = action.Key(ActionMembers.SaveAs) ?? HumanTask.UsualKey(action.Name),
                MaxRounds = members.Integer(MaxRoundsMember) ?? 10,
                MaxTokens = members.Integer(MaxTokensMember) ?? 200_000,
                MaxMinutes = members.Integer(MaxMinutesMember) ?? 30,
                KeepErrors = members.Flag(ActionMembers.KeepErrors) ?? false,
                Retry = RetryPolicy.Read(action),
            };
        }

        private static Form? ReadOutput(ActionReader action)
        {
            if (action.Members.Any(OutputMember) is not { } element)
            {
                return null;
            }

            var problems = new Problems { Literal = true, Stored = action.IsTrusted };
            var at = action.Members.At(OutputMember);
            var form = FormReader.Read(element, at, problems);
            action.Problems.Add(problems);
            if (form is { HasFiles: true })
            {
                action.Problems.Add(at, "An agent's result can't have file fields.");
            }

            return form;
        }

        private static List<string> ReadHosts(ActionReader action)
        {
            List<string> hosts = [];
            foreach (var (text, pointer) in action.Members.TextsAt(AllowedHostsMember))
            {
                hosts.Add(text.ToLowerInvariant());
                if (Uri.CheckHostName(text) == UriHostNameType.Unknown)
                {
                    action.Problems.Add(pointer, $"'{text}' is not a host such as docs.example.com.");
                }
            }

            return hosts;
        }
    }
}
