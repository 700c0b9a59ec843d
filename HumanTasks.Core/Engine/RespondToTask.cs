using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Somebody responds to a task, or declines it.</summary>
/// <param name="Submission">Who responds, and as what.</param>
/// <param name="ResponseId">The ID of the response, if it is accepted.</param>
internal abstract record RespondToTask(Submission Submission, string ResponseId)
{
    /// <summary>Decides whether the response is accepted, on a task as its responder sees it or as a whole.</summary>
    public Decision Decide(HumanTask task, DateTimeOffset now)
    {
        if (task is { Routing: { } routing, Seat: null })
        {
            if (routing.Of(Submission.By) is not { } own)
            {
                return new Decision.Refuse(TaskLook.At(task, now) is Verdict.Open ? new Verdict.NotTheirs(task) : TaskLook.At(task, now));
            }

            task = task.At(own.Number)!;
        }

        if (TaskLook.At(task, now) is not Verdict.Open and var closed)
        {
            return new Decision.Refuse(closed);
        }

        if (task.NotBy is not null && (Submission.By is null || task.Excludes(Submission.By)))
        {
            return new Decision.Refuse(Submission.By is null ? new Verdict.NotTheirs(task) : new Verdict.SamePerson(task)) { MayRepeat = false };
        }

        if (IsForAnother(task))
        {
            return new Decision.Refuse(new Verdict.NotTheirs(task));
        }

        return Submission.Round is { } round && round != task.CurrentRound.Number
            ? new Decision.Refuse(new Verdict.OtherRound(task))
            : Respond(task, task.NotBefore(now));
    }

    private protected abstract Decision Respond(HumanTask task, DateTimeOffset at);

    private protected HumanResponse Response(HumanTask task, DateTimeOffset at, JsonObject values) => new()
    {
        Id = ResponseId,
        TaskId = task.Id,
        RunId = task.RunId,
        Round = task.CurrentRound.Number,
        At = at,
        By = Submission.By,
        Verified = Submission.Verified,
        Seat = task.Seat?.Number,
        Values = values,
        SubmissionKey = Submission.Key,
        Fingerprint = Submission.Fingerprint,
        ResumedRunId = IsDecisive(task, at) ? task.ResumedRunId(ResponseId) : task.RunId,
        UsesLeft = task.Seat is not null ? 0 : task.Review ? task.MaxUses - task.Uses : task.MaxUses - task.Uses - 1,
    };

    private protected Decision Accepted(HumanTask task, HumanResponse response) =>
        new Decision.Accept(response, task, task.Seat is { } seat ? AfterOneOf(task.Whole, seat, response) : After(task, response));

    /// <summary>
    /// Whether an API key names somebody who is not the assignee. A task that an older build gave to a name and not to an address
    /// is answered by whoever the key says.
    /// </summary>
    private bool IsForAnother(HumanTask task) =>
        Submission is { Verified: Verification.ApiKey, By: { } by }
        && task.Assignee is { } assignee && TaskPeople.IsAddress(assignee)
        && !task.IsAssignedTo(by);

    /// <summary>Whether the run goes on with this response.</summary>
    private bool IsDecisive(HumanTask task, DateTimeOffset at) =>
        task.Seat is not { } seat
        || task.Whole.Routing!.With(seat with { Answer = new SeatAnswer(ResponseId, at, Rejects: false) }).Decision == true;

    private HumanTask After(HumanTask task, HumanResponse response)
    {
        var looked = task.Review && !response.Rejects; // its use is spent when the agent has looked at it
        var uses = looked ? task.Uses : task.Uses + 1;
        TaskState state = looked ? new TaskState.Reviewing(response.Id, response.At)
            : response.Rejects ? new TaskState.Rejected(response.By, response.Reason)
            : uses >= task.MaxUses ? new TaskState.Completed()
            : task.State;
        var happened = response.Rejects ? TaskEventKind.Rejected : TaskEventKind.Answered;
        var detail = response.Reason ?? (response.By is null ? null : Submission.Via);
        return task.Changed(response.At, happened, response.By ?? Submission.Via, detail) with
        {
            Uses = uses,
            State = state,
        };
    }

    private HumanTask AfterOneOf(HumanTask task, Seat seat, HumanResponse response)
    {
        var routing = task.Routing!.With(seat with { Answer = new SeatAnswer(response.Id, response.At, response.Rejects) });
        if (routing is { Candidates: true, ClaimedBy: null })
        {
            routing = routing with { ClaimedBy = seat.Number };
        }

        return task.Changed(
            response.At,
            response.Rejects ? TaskEventKind.Rejected : TaskEventKind.Answered,
            response.By ?? seat.Assignee,
            response.Reason ?? Submission.Via).With(routing) with
        {
            Uses = response.Rejects ? task.Uses : task.Uses + 1,
            State = routing.Decision switch
            {
                true => new TaskState.Completed(),
                false => new TaskState.Rejected(response.By, response.Reason),
                null => task.State,
            },
        };
    }
}

/// <summary>Somebody responds with values of the form.</summary>
/// <param name="Submission">Who responds, and as what.</param>
/// <param name="ResponseId">The ID of the response, if it is accepted.</param>
/// <param name="Values">The values as they were sent.</param>
/// <param name="Context">The run's context now, for conditions of fields; null if the form has none.</param>
internal sealed record AnswerTask(Submission Submission, string ResponseId, JsonObject Values, JsonObject? Context)
    : RespondToTask(Submission, ResponseId)
{
    private protected override Decision Respond(HumanTask task, DateTimeOffset at) =>
        FormInput.Check(task.Form(), Taken(task), Submission.MaxFileBytes, Context) switch
        {
            FormInput.Valid valid => Accepted(task, Response(task, at, valid.Values)),
            FormInput.Invalid invalid => new Decision.Refuse(new Verdict.InvalidInput(task, invalid.Problems)),
            _ => throw new InvalidOperationException("Unknown outcome of a check."),
        };

    /// <summary>The values, of which none is a file where no file can be uploaded.</summary>
    private JsonObject Taken(HumanTask task)
    {
        string[] claimed = Submission.TakesFiles
            ? []
            : [.. task.Form().Fields.OfType<Field.File>().Select(field => field.Name).Where(name => !FormInput.IsEmpty(Values[name]))];
        if (claimed.Length == 0)
        {
            return Values;
        }

        var taken = Values.DeepClone().AsObject();
        foreach (var name in claimed)
        {
            taken[name] = false;
        }

        return taken;
    }
}

/// <summary>Somebody declines a task, where its action allows that.</summary>
/// <param name="Submission">Who declines, and as what.</param>
/// <param name="ResponseId">The ID of the response, if it is accepted.</param>
/// <param name="Reason">Why.</param>
internal sealed record DeclineTask(Submission Submission, string ResponseId, string? Reason) : RespondToTask(Submission, ResponseId)
{
    private protected override Decision Respond(HumanTask task, DateTimeOffset at) => task.AllowReject
        ? Accepted(
            task,
            Response(task, at, []) with { Rejects = true, Reason = Reason, UsesLeft = 0, ResumedRunId = task.RunId })
        : new Decision.Refuse(new Verdict.RejectNotAllowed(task));
}
