using System.Text.Json;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record Email : RuleAction
    {
        public override string Type => "email";

        public required IReadOnlyList<Template> To { get; init; }

        public IReadOnlyList<Template> Cc { get; init; } = [];

        public required Template Subject { get; init; }

        public required Template Body { get; init; }

        internal static Email Read(ActionReader action) => new()
        {
            Name = action.Name,
            To = ReadAddresses(action, "to", required: true),
            Cc = ReadAddresses(action, "cc", required: false),
            Subject = action.Template("subject", 500, required: true),
            Body = action.Template("body", 100_000, required: true),
            Retry = RetryPolicy.Read(action),
        };

        private static List<Template> ReadAddresses(ActionReader action, string member, bool required)
        {
            var members = action.Members;
            List<Template> addresses = [];
            if (members.Any(member) is { ValueKind: JsonValueKind.Array })
            {
                if (required && members.IsEmptyList(member))
                {
                    members.Refuse(member, $"'{member}' needs at least one address.");
                }

                foreach (var (text, pointer) in members.TextsAt(member, 50, 1000))
                {
                    addresses.Add(action.NotALink(pointer, action.Parse(text, pointer)));
                }
            }
            else if (required || members.Any(member) is not null)
            {
                addresses.Add(action.NotALink(members.At(member), action.Template(member, 1000, required)));
            }

            return addresses;
        }
    }
}
