using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record Email : RuleAction
    {
        private static readonly TextsMember ToMember = new("to", 50, 1000) { Required = true, MinCount = 1, OrOne = true, Says = "Email addresses." };
        private static readonly TextsMember CcMember = new("cc", 50, 1000) { OrOne = true };
        private static readonly TextMember SubjectMember = new("subject", 500) { Required = true };
        private static readonly TextMember BodyMember = new("body", 100_000) { Required = true, Says = "Markdown." };

        internal static readonly ActionType ActionType = new("email", Read, [ToMember, CcMember, SubjectMember, BodyMember, ActionMembers.Retry]);

        public override string Type => "email";

        public required IReadOnlyList<Template> To { get; init; }

        public IReadOnlyList<Template> Cc { get; init; } = [];

        public required Template Subject { get; init; }

        public required Template Body { get; init; }

        internal static Email Read(ActionReader action) => new()
        {
            Name = action.Name,
            To = ReadAddresses(action, ToMember),
            Cc = ReadAddresses(action, CcMember),
            Subject = action.Template(SubjectMember),
            Body = action.Template(BodyMember),
            Retry = RetryPolicy.Read(action),
        };

        private static List<Template> ReadAddresses(ActionReader action, TextsMember member)
        {
            var members = action.Members;
            List<Template> addresses = [];
            if (members.Any(member) is { ValueKind: JsonValueKind.Array })
            {
                if (member.Required && members.IsEmptyList(member))
                {
                    members.Refuse(member, $"'{member.Name}' needs at least one address.");
                }

                foreach (var (text, pointer) in members.TextsAt(member))
                {
                    addresses.Add(action.NotALink(pointer, action.Parse(text, pointer)));
                }
            }
            else if (member.Required || members.Any(member) is not null)
            {
                addresses.Add(action.NotALink(members.At(member), action.Template(new TextMember(member.Name, member.MaxLength) { Required = member.Required })));
            }

            return addresses;
        }
    }
}
