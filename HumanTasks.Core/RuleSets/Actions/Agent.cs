using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    /// <summary>A model works on instructions and asks people on the way.</summary>
    public sealed record Agent : RuleAction
    {
        private const int MaxEntries = 50;

        public override string Type => "agent";

        /// <summary>What the model is to do, as its author wrote it.</summary>
        public required Template Instructions { get; init; }

        /// <summary>What of the run's context the model sees; <c>*</c> is all of it.</summary>
        public IReadOnlyList<ShownPath> Context { get; init; } = [];

        /// <summary>The name of a model of the configuration; the first one without it.</summary>
        public string? Model { get; init; }

        /// <summary>Who is asked unless the model names somebody else whom it may ask.</summary>
        public required PersonTemplate Assignee { get; init; }

        /// <summary>Who else may be asked: addresses, or domains such as <c>@example.com</c>.</summary>
        public IReadOnlyList<PersonTemplate> Assignees { get; init; } = [];

        /// <summary>The fields of the result; anything without it.</summary>
        public Form? Output { get; init; }

        /// <summary>Whether an answer is final only when the model has looked at it.</summary>
        public bool Review { get; init; }

        /// <summary>Other hosts that links and images of what the model writes may lead to.</summary>
        public IReadOnlyList<string> AllowedHosts { get; init; } = [];

        public required ContextPath SaveAs { get; init; }

        /// <summary>How often people are asked. Default 10.</summary>
        public int MaxRounds { get; init; } = 10;

        /// <summary>How many tokens all calls take together. Default 200,000.</summary>
        public int MaxTokens { get; init; } = 200_000;

        /// <summary>How long the model works, all calls together; the time in which people are waited for does not count. Default 30.</summary>
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
                action.Problems.Add(at, "A model's result has no files.");
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
