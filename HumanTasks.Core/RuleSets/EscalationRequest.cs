using System.Text.Json;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <param name="After">The time after the due date.</param>
/// <param name="To">The new assignee; null keeps the assignee.</param>
/// <param name="Inform">The people to notify.</param>
public sealed record EscalationRequest(TimeSpan After, PersonTemplate? To, IReadOnlyList<PersonTemplate> Inform)
{
    private static readonly HoursMember PositiveHours = new("afterHours", 24 * 366);
    private static readonly NumberMember AfterHours = new("afterHours") { Min = 0, Max = 24 * 366, Says = "Hours after the due date. Default 0." };
    private static readonly TextMember ToMember = new("to") { Says = "Who takes the task over." };
    private static readonly TextsMember InformMember = new("inform", 20, 1000) { OrOne = true, Says = "Who is told." };

    internal static readonly Shape Shape = new("Escalation", AfterHours, ToMember, InformMember) { Says = "'to', 'inform' or both." };

    internal static EscalationRequest? Read(ObjectReader reader, ActionReader action)
    {
        var hours = reader.Any(AfterHours) is { ValueKind: JsonValueKind.Number } zero && zero.TryGetDouble(out var none) && none == 0
            ? 0
            : reader.Hours(PositiveHours) ?? 0;
        var to = reader.Any(ToMember) is null ? null : action.Person(reader, ToMember, required: false);
        var inform = action.People(reader, InformMember);
        if (to is null && inform.Count == 0)
        {
            reader.Refuse(ToMember, "Set 'to', 'inform' or both.");
        }

        reader.Finish(Shape);
        return new EscalationRequest(TimeSpan.FromHours(hours), to, inform);
    }
}
