using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Runs;

namespace HumanTasks.Web.Api;

/// <summary>A delivery of a response to a webhook.</summary>
/// <param name="Id">The message's ID, sent as <c>webhook-id</c>; also the ID of the run that delivers it.</param>
/// <param name="Status">waiting, delivered, failed or cancelled.</param>
/// <param name="Url">The address, without its query.</param>
/// <param name="CorrelationId">The correlation ID.</param>
/// <param name="ResponseId">The ID of the delivered response.</param>
/// <param name="CreatedAt">When it was queued.</param>
/// <param name="NextAttemptAt">When the next attempt is due; null without one.</param>
/// <param name="BodySha256">The SHA-256 of the body as it is sent, in lower-case hexadecimal.</param>
/// <param name="Attempts">The attempts, oldest first.</param>
public sealed record DeliveryItem(
    string Id,
    string Status,
    string Url,
    string CorrelationId,
    string? ResponseId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    string BodySha256,
    IReadOnlyList<DeliveryAttempt> Attempts)
{
    private static readonly (string Word, RunStatus Status)[] Words =
        [("waiting", RunStatus.Running), ("delivered", RunStatus.Completed), ("failed", RunStatus.Failed), ("cancelled", RunStatus.Cancelled)];

    public static DeliveryItem Of(WebhookDelivery delivery, SecretMask mask)
    {
        var run = delivery.Run;
        return new DeliveryItem(
            run.Id,
            WordOf(run.State),
            mask.Text(delivery.Address),
            run.CorrelationId,
            delivery.ResponseId,
            run.CreatedAt,
            (run.State as RunState.Running)?.Retry?.Until,
            delivery.BodyHash,
            [.. delivery.Tries().Select(attempt => new DeliveryAttempt(attempt.At, attempt.Problem is null, mask.TextOrNull(attempt.Problem)))]);
    }

    public static string WordOf(RunState state) =>
        Words.FirstOrDefault(word => word.Status == state.Status).Word ?? (state.IsOver ? "failed" : "waiting");

    public static RunStatus? StatusOf(string word) =>
        Words.FirstOrDefault(known => known.Word == word) is { Word: not null } found ? found.Status : null;
}
