using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Somebody declines a task, where its action allows that.</summary>
/// <param name="Submission">Who declines, and as what.</param>
/// <param name="ResponseId">The ID of the response, if it is accepted.</param>
/// <param name="Reason">Why.</param>
internal sealed record DeclineTask(Submission Submission, string ResponseId, string? Reason) : RespondToTask(Submission, ResponseId)
{
    private protected override Decision Respond(TaskView view, DateTimeOffset at) => view.Rights.AllowReject
        ? Accepted(
            view,
            Response(view, at, []) with { Rejects = true, Reason = Reason, UsesLeft = 0, ResumedRunId = view.RunId })
        : new Decision.Refuse(new Verdict.RejectNotAllowed(view));
}
