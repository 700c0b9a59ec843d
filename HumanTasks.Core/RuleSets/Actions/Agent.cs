using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    /// <summary>A model that follows instructions and asks people when it needs to.</summary>
    public sealed record Agent : RuleAction
    {
        private const int MaxEntries = 50;

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

        internal static Agent Read(ActionReader action)
        {
            var members = action.Members;
            if (!action.Limits.HumanTasks)
            {
                action.Problems.Add(members.Pointer, "Human tasks are not enabled in this environment.");
            }

            var instructions = action.Template("instructions", 20_000, required: true);
            action.Keep(members.At("instructions"), instructions.Paths);
            var assignee = action.Person(members, "assignee", required: true);
            action.Reserve();
            return new Agent
            {
                Name = action.Name,
                Instructions = instructions,
                Context = ShownPath.ReadPaths(members, "context"),
                Model = members.Text("model", 100),
                Assignee = assignee,
                Assignees = action.People(members, "assignees", MaxEntries, orDomain: true),
                Output = ReadOutput(action),
                Review = members.Flag("review") ?? false,
                AllowedHosts = ReadHosts(action),
                SaveAs = action.Key("saveAs") ?? HumanTask.UsualKey(action.Name),
                MaxRounds = members.Integer("maxRounds", 1, 100) ?? 10,
                MaxTokens = members.Integer("maxTokens", 1, 100_000_000) ?? 200_000,
                MaxMinutes = members.Integer("maxMinutes", 1, 24 * 60) ?? 30,
                Retry = RetryPolicy.Read(action),
            };
        }

        private static Form? ReadOutput(ActionReader action)
        {
            if (action.Members.Any("output") is not { } element)
            {
                return null;
            }

            var problems = new Reading.Problems { Literal = true, Stored = action.IsTrusted };
            var at = action.Members.At("output");
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
            foreach (var (text, pointer) in action.Members.TextsAt("allowedHosts", MaxEntries, 253))
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
