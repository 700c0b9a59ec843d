using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// The actions that wait for a person. Whatever woke the run, a turn first reads the accepted responses that it has not
/// consumed yet, and only then looks at the task's state and at the clock.
/// </summary>
internal static class PersonActions
{
    public static async Task<ActionOutcome> HandleAsync(
        TurnDraft draft,
        RuleAction action,
        ContinuationStarter continuations,
        EnvironmentCatalog environments,
        Func<HumanTask, Notice, Task<ActionOutcome.Failed?>> notify,
        EngineOptions options,
        CancellationToken cancellationToken)
    {
        var taskId = HumanTask.IdOf(draft.Run.Id, action.Name);
        if (draft.State is not RunState.Paused paused || paused.TaskId != taskId)
        {
            return Ask(draft, action, environments.Get(draft.Run.Environment));
        }

        await ConsumeAsync(draft, action, continuations, cancellationToken);
        if (draft.State is not RunState.Paused)
        {
            return ActionOutcome.Done;
        }

        var outcome = Settle(draft, draft.Task);
        if (outcome is ActionOutcome.Waiting && draft is { EffectsAllowed: true, DueNotice: { } notice })
        {
            await NotifyAsync(draft, paused, notice, notify, options);
        }

        return outcome;
    }

    /// <summary>Sends the mail that waits. It is tried again like any effect, but the task does not depend on it.</summary>
    internal static async Task NotifyAsync(
        TurnDraft draft,
        RunState.Paused paused,
        Notice notice,
        Func<HumanTask, Notice, Task<ActionOutcome.Failed?>> notify,
        EngineOptions options)
    {
        var task = draft.Task;
        var failure = await notify(task, notice);
        draft.EffectDone();
        var attempts = notice.Attempts + 1;
        if (failure is { MayPass: true } && attempts < options.MaxAttempts)
        {
            draft.Become(paused with { Notice = notice with { At = draft.Now + options.PauseAfter(attempts), Attempts = attempts } });
            draft.Log(RunEvent.RetryScheduled, failure.Message);
            return;
        }

        draft.Become(paused with { Notice = null });
        draft.Put(failure is null
            ? task.Changed(draft.Now, TaskEventKind.Mailed, detail: task.Assignee)
            : task.Changed(draft.Now, TaskEventKind.MailFailed, detail: failure.Message));
        draft.Log(failure is null ? RunEvent.EmailSent : RunEvent.EmailFailed, failure?.Message ?? task.Assignee);
    }

    /// <summary>Takes in what people answered: queues continuations, or puts the answer into the context and goes on.</summary>
    public static async Task ConsumeAsync(
        TurnDraft draft,
        RuleAction action,
        ContinuationStarter continuations,
        CancellationToken cancellationToken)
    {
        foreach (var response in draft.Unconsumed)
        {
            draft.Consume(response);
            draft.Log(response.Rejects ? RunEvent.TaskRejected : RunEvent.ResponseReceived, response.Id);
            var continuation = action switch
            {
                RuleAction.HumanIntervention intervention => intervention.Continuation,
                RuleAction.HumanTask humanTask => humanTask.Continuation,
                _ => null,
            };
            if (continuation is not null && !response.Rejects)
            {
                await continuations.QueueAsync(draft, continuation, response, cancellationToken);
            }

            if (action is RuleAction.HumanTask task)
            {
                TakeAnswer(draft, task, response);
            }
        }
    }

    private static void TakeAnswer(TurnDraft draft, RuleAction.HumanTask action, HumanResponse response)
    {
        action.SaveAs.Put(draft.Context, new JsonObject
        {
            ["outcome"] = response.Rejects ? "rejected" : "completed",
            ["by"] = response.By,
            ["reason"] = response.Reason,
            ["values"] = response.Values.DeepClone(),
        });
        if (response.Rejects && !action.AllowReject)
        {
            End(draft, RunEvent.Cancelled, new RunState.Cancelled(RejectedBy(response.By, response.Reason)));
            return;
        }

        draft.GoOn();
    }

    private const int MaxTitle = 1000;
    private const int MaxAssignee = 254;

    private static ActionOutcome Ask(TurnDraft draft, RuleAction action, RunEnvironment environment)
    {
        var run = draft.Run;
        var request = action switch
        {
            RuleAction.HumanTask humanTask => humanTask.Request,
            RuleAction.HumanIntervention intervention => intervention.Request,
            _ => throw new InvalidOperationException($"{action.Type} does not ask a person."),
        };
        var lives = action switch
        {
            RuleAction.HumanTask humanTask => humanTask.ExpiresIn,
            RuleAction.HumanIntervention intervention => intervention.LinkExpiration,
            _ => null,
        };

        var scope = draft.Scope();
        var title = request.Title.RenderText(scope);
        var description = request.Description?.RenderMarkdown(scope);
        var form = request.Form.Resolve(scope);
        var assignee = Assigned((action as RuleAction.HumanTask)?.Assignee.RenderText(scope).Trim());
        if (ActionOutcome.UnknownPaths(scope) is { } failure)
        {
            return failure;
        }

        // what is stored, listed and mailed has bounds of its own; the member and never the value
        if (title.Length > MaxTitle || assignee?.Length > MaxAssignee)
        {
            var (member, max) = title.Length > MaxTitle ? ("title", MaxTitle) : ("assignee", MaxAssignee);
            return new ActionOutcome.Failed(
                $"'{member}' has more than {max} characters once its templates are resolved.", MayPass: false);
        }

        var timeZone = request.TimeZone ?? environment.TimeZone;
        var problems = new Problems { Resolved = true };
        if (request.Form.HasTemplates && FormReader.Read(form, "/form", problems, timeZone) is null)
        {
            return new ActionOutcome.Failed(
                $"The form is not valid once its templates are resolved: look at {problems[0].Pointer} and what its templates bring.",
                MayPass: false);
        }

        var expiresAt = lives is { } life && life < run.AvailableUntil - draft.Now ? draft.Now + life : run.AvailableUntil;
        var task = new HumanTask
        {
            Id = HumanTask.IdOf(run.Id, action.Name),
            RunId = run.Id,
            Environment = run.Environment,
            RuleSet = run.RuleSet,
            RuleSetVersion = draft.RuleSet.Version,
            ReceiptHead = draft.ReceiptHead,
            Action = action.Name,
            Kind = action is RuleAction.HumanTask ? TaskKind.HumanTask : TaskKind.HumanIntervention,
            CorrelationId = run.CorrelationId,
            Title = title,
            Description = description,
            Assignee = assignee,
            CreatedAt = draft.Now,
            UpdatedAt = draft.Now,
            DueAt = (action as RuleAction.HumanTask)?.DueIn is { } due ? draft.Now + due : null,
            ExpiresAt = expiresAt,
            MaxUses = (action as RuleAction.HumanIntervention)?.MaxUses ?? 1,
            AllowReject = (action as RuleAction.HumanTask)?.AllowReject ?? false,
            Continuation = (action as RuleAction.HumanTask)?.Continuation
                ?? (action as RuleAction.HumanIntervention)?.Continuation,
            Context = ShownPath.Take(draft.Context, request.Show),
            Show = request.Show?.Any(shown => shown.Label is not null || shown.Format is not null) == true ? request.Show : null,
            TimeZone = timeZone,
            Rounds = [new TaskRound(1, draft.Now, form)],
            Timeline = [new TaskEvent(draft.Now, TaskEventKind.Created)],
            State = new TaskState.Pending(),
        };
        draft.Put(task);
        draft.Log(RunEvent.TaskCreated, task.Id);
        var notice = action is RuleAction.HumanTask { Notify: true } && task.Assignee is { } to && EmailAddresses.Are(to)
            ? new Notice(NoticeKind.Assigned, task.Version, draft.Now)
            : null;
        draft.Become(new RunState.Paused(task.Id, expiresAt, notice));
        return ActionOutcome.Waits;
    }

    /// <summary>Addresses are compared letter case aside, so they are kept in lower case.</summary>
    internal static string? Assigned(string? assignee) =>
        assignee is not null && EmailAddresses.Are(assignee) ? assignee.ToLowerInvariant() : assignee;

    private static ActionOutcome Settle(TurnDraft draft, HumanTask task)
    {
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

        if (task.NotBefore(draft.Now) < task.ExpiresAt)
        {
            return ActionOutcome.Waits;
        }

        // maxUses is a maximum: a link that was answered at least once has done its work when its time is over
        if (task.Uses > 0)
        {
            draft.Put(task.Changed(draft.Now, TaskEventKind.Completed) with { State = new TaskState.Completed() });
            draft.Log(RunEvent.TaskExpired, "Its time is over; it was answered.");
            draft.GoOn();
            return ActionOutcome.Done;
        }

        draft.Put(task.Changed(draft.Now, TaskEventKind.Expired) with { State = new TaskState.Expired() });
        draft.Log(RunEvent.TaskExpired, task.Id);
        return End(draft, RunEvent.Expired, new RunState.Expired("Nobody answered in time."));
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
