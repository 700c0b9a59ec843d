using System.Text.Json.Nodes;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Runs;

/// <summary>The answer of one of several assignees, kept in the run's record until the task is decided.</summary>
/// <param name="ResponseId">The accepted response.</param>
/// <param name="By">Who answered.</param>
/// <param name="Rejects">Whether they declined.</param>
/// <param name="At">When it was accepted.</param>
/// <param name="Verified">How it is known who answered; null for older responses.</param>
/// <param name="Reason">Why they declined.</param>
/// <param name="Values">The checked values of the form; empty for a rejection.</param>
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
