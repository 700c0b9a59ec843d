using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Somebody responds to a task, or declines it.</summary>
/// <param name="Submission">Who responds, and as what.</param>
/// <param name="ResponseId">The ID of the response, if it is accepted.</param>
internal abstract record RespondToTask(Submission Submission, string ResponseId)
{
    /// <summary>Decides whether the response is accepted, on a task as its responder sees it or as a whole.</summary>
    public Decision Decide(TaskView view, DateTimeOffset now)
    {
        if (view is { Task.Asked: Asked.Several several, Seat: null })
        {
            if (several.Of(Submission.By) is not { } own)
            {
                return new Decision.Refuse(TaskLook.At(view, now) is not Verdict.Open and var over ? over : new Verdict.NotTheirs(view));
            }

            view = new TaskView(view.Task, own);
        }

        if (TaskLook.At(view, now) is not Verdict.Open and var closed)
        {
            return new Decision.Refuse(closed);
        }

        if (view.Rights.NotBy is not null && (Submission.By is null || view.Rights.Excludes(Submission.By)))
        {
            return new Decision.Refuse(Submission.By is null ? new Verdict.NotTheirs(view) : new Verdict.SamePerson(view)) { MayRepeat = false };
        }

        if (IsForAnother(view))
        {
            return new Decision.Refuse(new Verdict.NotTheirs(view));
        }

        return Submission.Round is { } round && round != view.Question.CurrentRound.Number
            ? new Decision.Refuse(new Verdict.OtherRound(view))
            : Respond(view, view.History.NotBefore(now));
    }

    private protected abstract Decision Respond(TaskView view, DateTimeOffset at);

    private protected HumanResponse Response(TaskView view, DateTimeOffset at, JsonObject values) => new()
    {
        Id = ResponseId,
        TaskId = view.Id,
        RunId = view.RunId,
        Round = view.Question.CurrentRound.Number,
        At = at,
        By = Submission.By,
        Verified = Submission.Verified,
        Seat = view.OneOfSeveral?.Number,
        Values = values,
        SubmissionKey = Submission.Key,
        Fingerprint = Submission.Fingerprint,
        ResumedRunId = IsDecisive(view, at) ? view.Task.ResumedRunId(ResponseId) : view.RunId,
        UsesLeft = view.OneOfSeveral is not null ? 0 : view.Uses.Left - (view.Rights.Review ? 0 : 1),
    };

    private protected Decision Accepted(TaskView view, HumanResponse response) => new Decision.Accept(
        response,
        view,
        view.Task.Asked is Asked.Several several ? AfterOneOf(view.Task, several, view.Seat!, response) : After(view.Task, response));

    /// <summary>
    /// Whether an API key names somebody who is not the assignee. A task that an older build gave to a name and not to an address
    /// is answered by whoever the key says.
    /// </summary>
    private bool IsForAnother(TaskView view) =>
        Submission is { Verified: Verification.ApiKey, By: { } by }
        && view.Assignee is { } assignee && TaskPeople.IsAddress(assignee)
        && !view.IsOf(by);

    /// <summary>Whether the run goes on with this response.</summary>
    private bool IsDecisive(TaskView view, DateTimeOffset at) =>
        view.OneOfSeveral is not { } seat
        || view.Task.Asked.With(seat with { Answer = new SeatAnswer(ResponseId, at, Rejects: false) }) is Asked.Several { Decision: true };

    private HumanTask After(HumanTask task, HumanResponse response)
    {
        var looked = task.Rights.Review && !response.Rejects; // its use is spent when the agent has looked at it
        var uses = looked ? task.Asked.Uses : task.Asked.Uses.More();
        TaskState state = looked ? new TaskState.Reviewing(response.Id, response.At)
            : response.Rejects ? new TaskState.Rejected(response.By, response.Reason)
            : uses.AreUp ? new TaskState.Completed()
            : task.State;
        var happened = response.Rejects ? TaskEventKind.Rejected : TaskEventKind.Answered;
        var detail = response.Reason ?? (response.By is null ? null : Submission.Via);
        return task.Changed(response.At, happened, response.By ?? Submission.Via, detail) with
        {
            Asked = task.Asked with { Uses = uses },
            State = state,
        };
    }

    private HumanTask AfterOneOf(HumanTask task, Asked.Several several, Seat seat, HumanResponse response)
    {
        var answered = (Asked.Several)several.With(seat with { Answer = new SeatAnswer(response.Id, response.At, response.Rejects) }) with
        {
            ClaimedBy = several.ClaimedBy ?? (several.Candidates ? seat.Number : null),
            Uses = response.Rejects ? several.Uses : several.Uses.More(),
        };

        return task.Changed(
            response.At,
            response.Rejects ? TaskEventKind.Rejected : TaskEventKind.Answered,
            response.By ?? seat.Assignee,
            response.Reason ?? Submission.Via) with
        {
            Asked = answered,
            State = answered.Decision switch
            {
                true => new TaskState.Completed(),
                false => new TaskState.Rejected(response.By, response.Reason),
                null => task.State,
            },
        };
    }
}
