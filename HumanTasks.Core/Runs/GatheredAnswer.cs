using System.Text.Json.Nodes;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Runs;

/// <summary>The response of one of several assignees, kept in the run's record until the task is decided.</summary>
/// <param name="ResponseId">The ID of the accepted response.</param>
/// <param name="By">The person who responded.</param>
/// <param name="Rejects">Whether the person declined.</param>
/// <param name="At">The time at which it was accepted.</param>
/// <param name="Verified">How the person was verified; null for older responses.</param>
/// <param name="Reason">The reason for declining.</param>
/// <param name="Values">The validated values of the form; empty for a rejection.</param>
public sealed record GatheredAnswer(
    string ResponseId, string? By, bool Rejects, DateTimeOffset At, Verification? Verified, string? Reason, JsonObject Values)
{
    public static GatheredAnswer Of(HumanResponse response) => new(
        response.Id,
        response.By,
        response.Rejects,
        response.At,
        response.Verified,
        response.Reason,
        response.Values.DeepClone().AsObject());
}
