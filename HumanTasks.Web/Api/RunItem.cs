using HumanTasks.Core.Runs;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A run in a list.</summary>
public sealed record RunItem(
    string Id,
    string RuleSet,
    int Version,
    string Status,
    string? StatusReason,
    string CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset AvailableUntil,
    DateTimeOffset? WaitingUntil,
    string? ContinuedFrom)
{
    public static RunItem Of(Run run) => new(
        run.Id,
        run.RuleSet,
        run.RuleSetVersion,
        WireNames.Of(run.State.Status),
        WireNames.ReasonOf(run.State),
        run.CorrelationId,
        run.CreatedAt,
        run.UpdatedAt,
        run.AvailableUntil,
        WireNames.WaitingUntil(run.State),
        run.ContinuedFrom);
}
