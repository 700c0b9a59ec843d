using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// The actions that wait for a person. For any signal, a turn first reads the accepted responses it has not consumed
/// yet, and only then the task's state and the clock.
/// </summary>
internal static class PersonActions
{
    public static async Task<ActionOutcome> HandleAsync(
        TurnDraft draft,
        RuleAction action,
        ContinuationStarter continuations,
        EnvironmentCatalog environments,
        ReceiptLedger receipts,
        StandingReader earlier,
        Func<TaskView, Notice, ActionOutcome> notify,
        CancellationToken cancellationToken)
    {
        var taskId = HumanTask.IdOf(draft.Run.Id, action.Name);
        if (draft.State is not RunState.Paused paused || paused.TaskId != taskId)
        {
            var decided = await earlier.ResponsesAsync(draft, TaskPeople.EarlierActions(action, draft.RuleSet), cancellationToken);
            return TaskMaking.Ask(draft, action, environments.Get(draft.Run.Environment), decided);
        }

        await ConsumeAsync(draft, action, continuations, cancellationToken);
        if (draft.State is not RunState.Paused)
        {
            TellIfOver(draft, continuations, paused);
            return ActionOutcome.Done;
        }

        var outcome = await SettleAsync(draft, action, continuations, receipts, cancellationToken);
        if (outcome is not ActionOutcome.Waiting)
        {
            TellIfOver(draft, continuations, paused);
        }
        else if (draft.EffectsAllowed)
        {
            TaskNotices.Work(draft, notify);
        }

        return outcome;
    }

    private static void TellIfOver(TurnDraft draft, ContinuationStarter continuations, RunState.Paused before)
    {
        if (!draft.Task.State.IsPending)
        {
            var left = TaskNotices.Leave(draft, before);
            continuations.Tell(draft, draft.Task, left);
        }
    }

    /// <summary>
    /// Processes responses: queues continuations, or puts the response into the context and continues.
    /// </summary>
    public static async Task ConsumeAsync(
        TurnDraft draft,
        RuleAction action,
        ContinuationStarter continuations,
        CancellationToken cancellationToken)
    {
        foreach (var response in draft.Unconsumed)
        {
            draft.Consume(response);
            draft.Log(response.Rejects ? RunEvent.TaskRejected : RunEvent.ResponseReceived, response.Id, by: response.By);
            await TakeAsync(draft, action, response, continuations, cancellationToken);
        }
    }

    private static async Task TakeAsync(
        TurnDraft draft, RuleAction action, HumanResponse response, ContinuationStarter continuations, CancellationToken cancellationToken)
    {
        if (response.Seat is not null && action is RuleAction.HumanTask asked)
        {
            NoteAnswer(draft, asked, response);
            if (!IsDecision(draft, response))
            {
                return;
            }
        }

        var continuation = action switch
        {
            RuleAction.HumanIntervention intervention => intervention.Continuation,
            RuleAction.HumanTask humanTask => humanTask.Continuation,
            _ => null,
        };
        if (continuation is not null && (!response.Rejects || continuation is Continuation.Webhook { TellsOutcomes: true }))
        {
            await continuations.QueueAsync(draft, continuation, response, cancellationToken);
        }

        if (action is RuleAction.HumanTask task)
        {
            TakeAnswer(draft, task, response);
        }
    }

    /// <summary>
    /// Returns whether this response closed a task for several people, as the last one that it accepted.
    /// </summary>
    private static bool IsDecision(TurnDraft draft, HumanResponse response) =>
        !draft.Task.State.IsPending && draft.Arrived[^1].Id == response.Id;

    /// <summary>
    /// Stores the response of one of several people and shows all of them in the context, for people and templates.
    /// Nothing is read back from the context.
    /// </summary>
    private static void NoteAnswer(TurnDraft draft, RuleAction.HumanTask action, HumanResponse response)
    {
        draft.Gather(response);
        action.SaveAs.Put(draft.Context, new JsonObject { ["outcome"] = "pending", ["answers"] = AnswersOf(draft) });
    }

    private static JsonArray AnswersOf(TurnDraft draft) => new(
    [
        .. draft.Gathered.Select(answer => new JsonObject
        {
            ["by"] = answer.By,
            ["outcome"] = answer.Rejects ? "rejected" : "completed",
            ["at"] = JsonSerializer.SerializeToNode(answer.At.UtcDateTime, CoreJson.Default.DateTime),
            ["verified"] = answer.Verified?.Word(),
            ["reason"] = answer.Reason,
            ["values"] = answer.Values.DeepClone(),
        }),
    ]);

    private static void TakeAnswer(TurnDraft draft, RuleAction.HumanTask action, HumanResponse response)
    {
        var rejected = draft.Task.State is TaskState.Rejected || (response.Seat is null && response.Rejects);
        var saved = new JsonObject
        {
            ["outcome"] = rejected ? "rejected" : "completed",
            ["by"] = response.By,
            ["reason"] = response.Reason,
            ["values"] = response.Values.DeepClone(),
        };
        if (response.Defaulted)
        {
            saved["defaulted"] = true;
        }

        if (draft.Gathered.Count > 0)
        {
            saved["answers"] = AnswersOf(draft);
        }

        action.SaveAs.Put(draft.Context, saved);
        if (rejected && !action.AllowReject)
        {
            End(draft, RunEvent.Cancelled, new RunState.Cancelled(RejectedBy(response.By, response.Reason)));
            return;
        }

        draft.GoOn();
    }

    private static async Task<ActionOutcome> SettleAsync(
        TurnDraft draft,
        RuleAction action,
        ContinuationStarter continuations,
        ReceiptLedger receipts,
        CancellationToken cancellationToken)
    {
        var task = draft.Task;
        switch (task.State)
        {
            case TaskState.Completed:
                draft.GoOn();
                return ActionOutcome.Done;
            case TaskState.Rejected rejected:
                return End(draft, RunEvent.Cancelled, new RunState.Cancelled(RejectedBy(rejected.By, rejected.Reason)));
            case TaskState.Cancelled cancelled:
                return End(draft, RunEvent.Cancelled, new RunState.Cancelled(cancelled.Reason));
            case TaskState.Expired:
                return End(draft, RunEvent.Expired, new RunState.Expired("The task expired."));
            default:
                break;
        }

        if (task.IsInTime(draft.Now))
        {
            return ActionOutcome.Waits;
        }

        if (task.Schedule.Plan?.Default is { } silence)
        {
            await DefaultAsync(draft, action, task, silence, continuations, receipts, cancellationToken);
            return ActionOutcome.Done;
        }

        // maxUses is a maximum: a link that was used at least once is complete when it expires
        if (task.Asked is not Asked.Several && task.Asked.Uses.Count > 0)
        {
            draft.Put(task.Changed(draft.Now, TaskEventKind.Completed) with { State = new TaskState.Completed() });
            draft.Log(RunEvent.TaskExpired, "Expired after a response.");
            draft.GoOn();
            return ActionOutcome.Done;
        }

        draft.Put(task.Changed(draft.Now, TaskEventKind.Expired) with { State = new TaskState.Expired() });
        draft.Log(RunEvent.TaskExpired, task.Id);
        return End(draft, RunEvent.Expired, new RunState.Expired("No response before the deadline."));
    }

    /// <summary>
    /// Applies the default response of the action, with a receipt and marked as a default everywhere.
    /// </summary>
    private static async Task DefaultAsync(
        TurnDraft draft,
        RuleAction action,
        HumanTask task,
        ExpiryDefault silence,
        ContinuationStarter continuations,
        ReceiptLedger receipts,
        CancellationToken cancellationToken)
    {
        var id = Ids.Derive(task.RunId, $"default {task.Id}");
        var response = new HumanResponse
        {
            Id = id,
            TaskId = task.Id,
            RunId = task.RunId,
            Round = task.Question.CurrentRound.Number,
            At = task.History.NotBefore(draft.Now),
            Defaulted = true,
            Rejects = silence.Rejects,
            Reason = silence.Reason,
            Values = silence.Values.DeepClone().AsObject(),
            ResumedRunId = silence.Rejects ? task.RunId : task.ResumedRunId(id),
            UsesLeft = 0,
        };
        var receipt = await receipts.SignAsync(task, response, cancellationToken);
        response = response with { Receipt = receipt.Jws };
        draft.Put(task.Changed(response.At, TaskEventKind.Defaulted, detail: silence.Reason).With(receipt) with
        {
            State = silence.Rejects
                ? new TaskState.Rejected(null, silence.Reason) { Defaulted = true }
                : new TaskState.Completed { Defaulted = true },
        });
        draft.Default(response);
        draft.Log(RunEvent.TaskDefaulted, response.Id);
        await TakeAsync(draft, action, response, continuations, cancellationToken);
    }

    private static ActionOutcome End(TurnDraft draft, RunEvent happened, RunState state)
    {
        draft.Log(happened);
        draft.Become(state);
        return ActionOutcome.Done;
    }

    private static string RejectedBy(string? by, string? reason) =>
        ActionOutcome.Cut($"Rejected{(by is null ? "" : $" by {by}")}{(reason is null ? "." : $": {reason}")}");
}
