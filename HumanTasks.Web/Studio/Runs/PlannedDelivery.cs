using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Masking;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>A webhook or an email that is not delivered yet.</summary>
/// <param name="Words">What it is.</param>
/// <param name="To">The recipient; null for the assignees of the task.</param>
/// <param name="RunId">The run that delivers it, if it is another one.</param>
/// <param name="At">The time of the next attempt; null if none is planned.</param>
/// <param name="Attempts">The number of failed attempts.</param>
/// <param name="Problem">The latest failure; null before that.</param>
public sealed record PlannedDelivery(string Words, string? To, string? RunId, DateTimeOffset? At, int Attempts, string? Problem)
{
    /// <summary>Returns what a run and the runs that deliver for it still have to deliver.</summary>
    public static IReadOnlyList<PlannedDelivery> Of(Run run, IEnumerable<Run> related, SecretMask mask) =>
    [
        .. ((run.State as RunState.Paused)?.Plan ?? [])
            .Select(notice => new PlannedDelivery(
                StudioAdminTexts.Get($"Notice{notice.Kind}"), mask.TextOrNull(notice.To ?? notice.Channel), null, notice.At, notice.Attempts, null))
            .Concat(related.Select(other => Of(other, mask)).OfType<PlannedDelivery>())
            .OrderBy(planned => planned.At ?? DateTimeOffset.MaxValue),
    ];

    private static PlannedDelivery? Of(Run run, SecretMask mask)
    {
        var (to, words) = run.RuleSet switch
        {
            RuleSetName.Webhook => (mask.Text(new WebhookDelivery(run).Address), "Webhook"),
            RuleSetName.Notices => (null, "OutcomeEmails"),
            _ => (null, ""),
        };
        var (at, attempts, problem) = run.State switch
        {
            RunState.Running { Retry: { } retry } => (retry.Until, retry.Attempts, mask.Text(retry.Message)),
            RunState.Running => (run.UpdatedAt, 0, null),
            RunState.Failed failed => ((DateTimeOffset?)null, failed.Error.Attempts, mask.Text(failed.Error.Message)),
            _ => (null, 0, null),
        };
        return words.Length == 0 || run.State is not (RunState.Running or RunState.Failed)
            ? null
            : new PlannedDelivery(StudioAdminTexts.Get(words), to, run.Id, at, attempts, problem);
    }
}
