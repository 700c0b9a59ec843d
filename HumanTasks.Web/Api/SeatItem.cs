using System.Text.Json.Serialization;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Web.Api;

/// <summary>One of several assignees.</summary>
/// <param name="Status">pending, completed or rejected.</param>
/// <param name="At">When they responded.</param>
public sealed record SeatItem(
    string Assignee,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ResponseId)
{
    public static SeatItem Of(Seat seat) => new(
        seat.Assignee,
        seat.Answer switch { null => "pending", { Rejects: true } => "rejected", _ => "completed" },
        seat.Answer?.At,
        seat.Answer?.ResponseId);
}
