using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Queues runs that continue another run. Their IDs derive from their cause, so each starts only once.
/// </summary>
public sealed class ContinuationStarter(
    RuleSetCatalog ruleSets, EnvironmentCatalog environments, EngineOptions options)
{
    internal async Task QueueAsync(
        TurnDraft draft, Continuation continuation, HumanResponse response, CancellationToken cancellationToken)
    {
        var context = draft.Context.DeepClone().AsObject();
        foreach (var (name, value) in response.Values)
        {
            context[name] = value?.DeepClone();
        }

        draft.Secrets.Note(context); // only now may the response be at a secret path
        var run = continuation switch
        {
            Continuation.RuleSet next => await FollowingAsync(draft, response.ResumedRunId, next.Name, context, cancellationToken),
            Continuation.Webhook webhook => Delivery(
                draft,
                response.Rejects ? Ids.Derive(response.Id, "outcome") : response.ResumedRunId,
                webhook,
                WebhookBody.Of(draft, webhook, response, context),
                response.Id),
            _ => throw new InvalidOperationException($"Unknown continuation {continuation.GetType().Name}."),
        };

        // a response is kept at any size: the continuing run reports the problem
        var limit = environments.Get(draft.Run.Environment).MaxContextBytes;
        if (ContextSize.Of(context) is var size && size > limit)
        {
            run = run with { State = new RunState.Failed(new RunError("", ContextSize.Refusal(size, limit), 1)) };
        }

        Start(draft, run);
        draft.Log(RunEvent.ContinuationQueued, run.Id);
    }

    private Run Delivery(TurnDraft draft, string id, Continuation.Webhook webhook, JsonObject body, string? responseId)
    {
        var context = new JsonObject
        {
            ["url"] = webhook.Url.ToString(),
            ["payload"] = body,
            ["responseId"] = responseId,
        };
        if (webhook.KeepErrors)
        {
            context[WebhookDelivery.KeepErrors] = true;
        }

        return Following(draft, id) with
        {
            RuleSet = RuleSetName.Webhook,
            Secrets = draft.Secrets.Below("payload.context", "payload.values", "payload.data.context", "payload.data.values"),
            Context = context,
        };
    }

    /// <summary>Starts a run, or leaves it to the next turn if this one has started its maximum.</summary>
    internal async Task<ActionOutcome> StartRuleSetAsync(
        TurnDraft draft, RuleAction.StartRuleSet action, CancellationToken cancellationToken)
    {
        var environment = environments.Get(draft.Run.Environment);
        if (draft.Run.Depth >= options.MaxDepth)
        {
            return new ActionOutcome.Failed(
                $"Start chain exceeds {options.MaxDepth} runs (MaxDepth).", MayPass: false);
        }

        if (draft.TreeIsFull || draft.Starts.Count >= environment.MaxDescendants)
        {
            return new ActionOutcome.Failed(
                $"More than {environment.MaxDescendants} runs would descend from the run {draft.Root} without a person in between "
                + "(MaxDescendants of the environment).",
                MayPass: false);
        }

        if (draft.Starts.Count >= options.MaxStartsOfATurn || !draft.EnterStarts())
        {
            return ActionOutcome.Waits;
        }

        var scope = draft.Scope();
        var context = action.Context?.Render(scope) as JsonObject ?? draft.Context.DeepClone().AsObject();
        if (ActionOutcome.UnknownPaths(scope) is { } failure)
        {
            return failure;
        }

        var size = ContextSize.Of(context);
        if (size > environment.MaxContextBytes)
        {
            return new ActionOutcome.Failed(ContextSize.Refusal(size, environment.MaxContextBytes), MayPass: false);
        }

        if (draft.Starts.Count > 0 && draft.StartBytes + size > options.MaxStartBytesOfATurn)
        {
            return ActionOutcome.Waits;
        }

        var id = Ids.Derive(draft.Run.Id, $"start {action.Name}");
        var run = await FollowingAsync(draft, id, action.RuleSet, context, cancellationToken);
        Start(draft, run with
        {
            Depth = draft.Run.Depth + 1,
            Root = draft.Root,
            Secrets = draft.Secrets.For(draft.Context, action),
        });
        draft.Grow(new RunTree(draft.Root, environment.MaxDescendants), size);
        draft.Log(RunEvent.ContinuationQueued, run.Id);
        draft.GoOn();
        return ActionOutcome.Done;
    }

    /// <summary>Starts the run that notifies people that a task is closed, if there is anyone to notify.</summary>
    /// <param name="draft">The turn.</param>
    /// <param name="task">The task.</param>
    /// <param name="left">The planned notices that were not sent yet.</param>
    internal void Tell(TurnDraft draft, HumanTask task, IReadOnlyList<Notice> left)
    {
        if (task is { Continuation: Continuation.Webhook { TellsOutcomes: true } webhook, State: TaskState.Cancelled or TaskState.Expired })
        {
            var id = Ids.Derive(draft.Run.Id, string.Create(CultureInfo.InvariantCulture, $"outcome {task.Id} {task.History.Version}"));
            Start(draft, Delivery(draft, id, webhook, WebhookBody.Of(draft, task), null));
            draft.Log(RunEvent.ContinuationQueued, id);
        }

        if (task.Schedule.Plan is not { } plan)
        {
            return;
        }

        var silent = task.State is TaskState.Expired || task.State.IsDefaulted;
        var asked = silent && plan.Notifies ? task.Asked.Open.Select(seat => seat.Assignee) : [];
        var notices = new JsonArray(
        [
            .. left.Select(notice => notice.To is { } to
                ? Notice(notice.Kind, "to", to)
                : Notice(notice.Kind, "channel", notice.Channel!)),
            .. asked.Where(EmailAddresses.Are).Select(address => Notice(NoticeKind.Expired, "to", address)),
            .. plan.TellOutcome.Where(EmailAddresses.Are).Select(address => Notice(NoticeKind.Outcome, "to", address)),
            .. plan.Channels.Select(channel => Notice(NoticeKind.Outcome, "channel", channel)),
        ]);
        if (notices.Count > 0)
        {
            draft.Start(new RunStart(
                Following(draft, Ids.Derive(draft.Run.Id, string.Create(CultureInfo.InvariantCulture, $"tell {task.Id} {task.History.Version}"))) with
                {
                    RuleSet = RuleSetName.Notices,
                    ContinuedFrom = null,
                    Context = new JsonObject { ["task"] = task.Id, ["notices"] = notices },
                },
                null,
                ""));
        }

        static JsonObject Notice(NoticeKind kind, string way, string whom) => new() { ["kind"] = kind.ToString(), [way] = whom };
    }

    private async Task<Run> FollowingAsync(
        TurnDraft draft, string id, string ruleSet, JsonObject context, CancellationToken cancellationToken)
    {
        // a missing rule set fails the new run, which can be fixed and retried, and not this one
        var newest = await ruleSets.FindAsync(draft.Run.Environment, ruleSet, null, cancellationToken);
        return Following(draft, id) with
        {
            RuleSet = ruleSet,
            RuleSetVersion = newest?.Version ?? 0,
            Context = context,
        };
    }

    private Run Following(TurnDraft draft, string id) => new()
    {
        Id = id,
        Environment = draft.Run.Environment,
        RuleSet = "",
        CorrelationId = draft.Run.CorrelationId,
        CreatedAt = draft.Now,
        UpdatedAt = draft.Now,
        AvailableUntil = draft.Now + environments.Get(draft.Run.Environment).RunRetention,
        ContinuedFrom = draft.Run.Id,
        Secrets = draft.Secrets.Inherited(),
        State = new RunState.Running(),
        Context = [],
        Trace = Telemetry.Continue(draft.Trace),
    };

    private void Start(TurnDraft draft, Run run)
    {
        var environment = environments.Get(run.Environment);
        draft.Start(new RunStart(
            run,
            run.State.IsOver ? null : environment.MeterContinuation(draft.Now),
            "Monthly run allowance reached. The run starts when the allowance resets."));
    }
}
