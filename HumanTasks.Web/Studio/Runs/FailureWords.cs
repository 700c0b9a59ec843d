using HumanTasks.Core.Runs;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>Why a run failed and what to do now.</summary>
internal static class FailureWords
{
    /// <summary>Returns the cause: where the run failed, after how many attempts, and with which error.</summary>
    public static string Cause(RunError error) => (error.Action.Length, error.Attempts) switch
    {
        (0, _) => error.Message,
        (_, > 1) => StudioAdminTexts.Count("FailedAfter", error.Attempts, error.Action, error.Message),
        _ => StudioAdminTexts.Get("FailedAt", error.Action, error.Message),
    };

    /// <summary>Returns the next step; null if the message of the error says it.</summary>
    public static string? NextStep(RunError error) => error switch
    {
        { CorrelationId: not null } => null,
        { Cause: "http.status.401" or "http.status.403" } => StudioAdminTexts.Get("NextStepAccess"),
        { Cause: { } cause } when cause.StartsWith("http.status.4", StringComparison.Ordinal) && cause is not ("http.status.408" or "http.status.425" or "http.status.429") =>
            StudioAdminTexts.Get("NextStepRequest"),
        { Cause: { } cause } when cause.StartsWith("http.", StringComparison.Ordinal) => StudioAdminTexts.Get("NextStepServer"),
        { Cause: "email.address" } => StudioAdminTexts.Get("NextStepAddress"),
        { Cause: "email.delivery" } => StudioAdminTexts.Get("NextStepMail"),
        { Cause: "model" } => StudioAdminTexts.Get("NextStepModel"),
        _ => StudioAdminTexts.Get("NextStepRuleSet"),
    };
}
