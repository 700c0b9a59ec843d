using HumanTasks.Core;
using HumanTasks.Core.Engine.Steps;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>The words for actions and events on the page of a run.</summary>
internal static class StepWords
{
    /// <summary>Returns the CSS class of an action's mark and its state as text.</summary>
    public static (string Mark, string Words) Of(RunStep step) => step.State switch
    {
        StepState.Running => ("running", StudioAdminTexts.Get("StatusRunning")),
        StepState.Retrying => ("retrying", StudioAdminTexts.Get("Retrying")),
        StepState.Waiting when step.Responses is var (given, needed) => ("pending", StudioAdminTexts.Get("WaitingForResponses", given, needed)),
        StepState.Waiting => ("pending", StudioAdminTexts.Get("WaitingForResponse")),
        StepState.Done => ("completed", StudioTexts.Get("Done")),
        StepState.Failed => ("failed", StudioTexts.Get("Failed")),
        StepState.Rejected or StepState.Cancelled or StepState.Expired =>
            (step.State.ToString().ToLowerInvariant(), StudioTexts.Get($"Status{step.State}")),
        _ => ("future", StudioAdminTexts.Get($"Step{step.State}")),
    };

    /// <summary>Returns what happened as text.</summary>
    public static string Event(LogLine line) => line switch
    {
        { Event: RunEvent.ConditionEvaluated, Detail: "then" } => StudioAdminTexts.Get("LogConditionHolds"),
        { Event: RunEvent.ConditionEvaluated } => StudioAdminTexts.Get("LogConditionFails"),
        _ => StudioAdminTexts.Get($"Log{line.Event}"),
    };

    /// <summary>Returns the detail of an event that tells people something; null for IDs and the names of branches.</summary>
    public static string? Detail(LogLine line) =>
        line.Event is RunEvent.ConditionEvaluated || line.Detail is not { Length: > 0 } detail || detail == line.By
        || Ids.IsId(detail) || HumanTask.RunIdOf(detail) is not null
            ? null
            : detail;

    /// <summary>Returns the run that an event started; null for none.</summary>
    public static string? RunOf(LogLine line) =>
        line is { Event: RunEvent.ContinuationQueued, Detail: { } detail } && Ids.IsId(detail) ? detail : null;

    /// <summary>Returns events in groups of the same second, so that a time is told once.</summary>
    public static IEnumerable<IGrouping<long, LogLine>> BySecond(IEnumerable<LogLine> lines) =>
        lines.GroupBy(line => line.At.UtcTicks / TimeSpan.TicksPerSecond);
}
