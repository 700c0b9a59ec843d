using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    public sealed record Set : RuleAction
    {
        private static readonly ObjectMember ValuesMember = new("values")
        {
            Required = true,
            Says = "Context key, such as invoice.number, to value. Texts in it may have templates.",
        };

        internal static readonly ActionType ActionType = new("set", Read, [ValuesMember]);

        public override string Type => "set";

        public required IReadOnlyList<(ContextPath Key, ValueTemplate Value)> Values { get; init; }

        internal static Set Read(ActionReader action)
        {
            List<(ContextPath, ValueTemplate)> values = [];
            if (action.Members.Object(ValuesMember) is { } members)
            {
                foreach (var member in members.Element.EnumerateObject())
                {
                    var pointer = members.At(member.Name);
                    var value = action.Kept(pointer, ValueTemplate.Parse(member.Value, pointer, action.Problems));
                    if (ContextPath.TryParse(member.Name) is { } key)
                    {
                        values.Add((key, value));
                    }
                    else
                    {
                        action.Problems.Add(pointer, $"'{member.Name}' is not a context key such as invoice.number.");
                    }
                }
            }

            return new Set { Name = action.Name, Values = values };
        }
    }
}
