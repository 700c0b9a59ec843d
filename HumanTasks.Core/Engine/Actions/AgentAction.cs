using System.Globalization;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Runs a model. One call is one turn: it is written to the transcript first and committed with its consequences, so an
/// answered call is never repeated. A person's response is processed in a turn of its own, so nobody who submits a form
/// waits for a model.
/// </summary>
public sealed class AgentAction(
    IModels models,
    Transcripts transcripts,
    IRunStore store,
    IFileStore files,
    EnvironmentCatalog environments,
    TimeProvider time)
{
    private const int MostRefused = 3;

    private readonly ModelTalk talk = new(models, files, time);

    internal async Task<ActionOutcome> HandleAsync(
        TurnDraft draft,
        RuleAction.Agent action,
        Func<TaskView, Notice, ActionOutcome> notify,
        CancellationToken cancellationToken)
    {
        if (draft.State is RunState.Paused)
        {
            var waits = TakeAnswer(draft) is false;
            if (waits && draft.EffectsAllowed)
            {
                TaskNotices.Work(draft, notify);
            }

            return ActionOutcome.Waits;
        }

        return draft.EffectsAllowed ? await WorkAsync(draft, action, cancellationToken) : ActionOutcome.Waits;
    }

    /// <summary>Returns the task of a cancelled run. A reviewed response remains a response.</summary>
    internal async Task CancelAsync(TurnDraft draft, CancellationToken cancellationToken)
    {
        if (draft.State is RunState.Paused)
        {
            TakeAnswer(draft);
        }

        if (await TaskOfAsync(draft, cancellationToken) is { State: TaskState.Reviewing } task)
        {
            draft.Put(Final(draft, task));
        }
    }

    /// <summary>
    /// Processes the outcome of the question for the model's next call. Returns false while the person has not
    /// responded.
    /// </summary>
    private static bool TakeAnswer(TurnDraft draft)
    {
        if (draft.Agent is not { Waiting: { } call } progress)
        {
            throw new InvalidOperationException($"The run {draft.Run.Id} is paused and no call of its agent waits.");
        }

        var task = draft.Task;
        IReadOnlyList<AgentPart>? told = null;
        foreach (var response in draft.Unconsumed)
        {
            draft.Consume(response);
            told ??= [ToolResults.Answered(call, task, response), .. response.Rejects ? [] : ToolResults.FilesOf(task, response)];
            draft.Log(response.Rejects ? RunEvent.TaskRejected : RunEvent.ResponseReceived, response.By ?? response.Id, by: response.By);
        }

        told ??= task.State switch
        {
            TaskState.Cancelled cancelled => [ToolResults.Cancelled(call, task, cancelled.Reason)],
            TaskState.Expired => [ToolResults.Expired(call, task)],
            TaskState.Pending when task.History.NotBefore(draft.Now) >= task.Schedule.ExpiresAt => [Expire(draft, task, call)],
            _ => null,
        };
        if (told is null)
        {
            return false;
        }

        draft.Agent = progress with { Waiting = null, Next = [.. progress.Next, .. told] };
        draft.Become(new RunState.Running());
        return true;
    }

    private static AgentPart.Result Expire(TurnDraft draft, HumanTask task, AgentPart.Call call)
    {
        draft.Put(task.Changed(draft.Now, TaskEventKind.Expired) with { State = new TaskState.Expired() });
        draft.Log(RunEvent.TaskExpired, task.Id);
        return ToolResults.Expired(call, task);
    }

    private async Task<ActionOutcome> WorkAsync(TurnDraft draft, RuleAction.Agent action, CancellationToken cancellationToken)
    {
        if (draft.Agent is null)
        {
            var opening = AgentPrompt.Open(action, draft.Secrets.Mask.Context(draft.Context), out var scope);
            if ((ActionOutcome.UnknownPaths(scope) ?? WithoutPeople(draft, action)) is { } failure)
            {
                return failure;
            }

            draft.Agent = new AgentProgress { Next = opening };
        }

        var progress = draft.Agent;
        var run = draft.Run;
        var number = progress.Calls + 1;
        var key = draft.IdempotencyKey($"model-{number}");
        if (draft.Known(key) is { Failure: { } refused } known)
        {
            draft.Called(known.Attempt is { Error: { } error } attempt
                ? attempt with { Error = ErrorBeginning.Of(error, draft.Secrets.Mask) }
                : known.Attempt);
            return refused;
        }

        var calls = await transcripts.ReadAsync(run.Id, action.Name, cancellationToken);
        if (calls.FirstOrDefault(written => written.Number == number) is not { } call)
        {
            if (OverLimit(action, progress) is { } over)
            {
                return new ActionOutcome.Failed(over, MayPass: false);
            }

            var request = new ModelCall(action.Name, number, key, draft.Now, 0, "", 0, 0, progress.Next, []);
            var lane = new EffectLane(EffectKind.Model, action.Model ?? "", draft.Root);
            draft.ResultOf(new Effect(key, lane, stop => AskAsync(run, action, progress, calls, request, stop)));
            return ActionOutcome.Waits; // the transcript has the answer when the action is handled again
        }

        draft.EffectDone();
        draft.Log(RunEvent.ModelCalled, FormattableString.Invariant(
            $"Call {number}: {call.InputTokens} + {call.OutputTokens} tokens in {call.Milliseconds / 1000.0:0.0} s"));
        draft.Become(new RunState.Running());
        draft.Agent = progress with
        {
            Calls = number,
            CallsCounted = progress.CallsCounted + 1,
            Tokens = progress.Tokens + call.InputTokens + call.OutputTokens,
            Milliseconds = progress.Milliseconds + call.Milliseconds,
            Next = [],
        };
        return await FollowAsync(draft, action, call, cancellationToken);
    }

    /// <summary>Calls the model and writes its answer to the transcript.</summary>
    private async Task<EffectResult> AskAsync(
        Run run,
        RuleAction.Agent action,
        AgentProgress progress,
        IReadOnlyList<ModelCall> calls,
        ModelCall request,
        CancellationToken cancellationToken)
    {
        using var span = Telemetry.Effect(action.Type, run);
        ModelCall call;
        try
        {
            call = await talk.AskAsync(
                action, calls, request, action.MaxTokens - progress.Tokens, TimeLeft(action, progress), cancellationToken);
            Telemetry.EffectDone(span, action.Type, run, null);
        }
        catch (EffectFailedException failed)
        {
            return EffectResult.Of(
                span, action.Type, run, new ActionOutcome.Failed(failed.Message, failed.MayPass, failed.After) { Error = "model" }) with
            {
                Attempt = new CallAttempt(action.Name, request.At, "POST", action.Model ?? "model", "")
                {
                    Status = failed.Status,
                    Problem = failed.Message,
                    Error = action.KeepErrors ? failed.Answer : null,
                },
            };
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            Telemetry.EffectFaulted(span, action.Type, run, unexpected);
            throw;
        }

        call = await transcripts.AddAsync(run.Id, call, cancellationToken);
        Telemetry.ModelCalled(run, call.InputTokens, call.OutputTokens);
        return new EffectResult(null);
    }

    /// <summary>Returns why nobody can be asked. Checked before the model is called, which could not fix it.</summary>
    private static ActionOutcome.Failed? WithoutPeople(TurnDraft draft, RuleAction.Agent action)
    {
        var scope = draft.Scope();
        var named = new PeopleReader(scope);
        _ = named.One(action.Assignee);
        _ = named.Entries(action.Assignees);
        return ActionOutcome.UnknownPaths(scope)?.In(named.Problem)
            ?? (named.Problem is var (at, message) ? new ActionOutcome.Failed(message, MayPass: false) { At = at } : null);
    }

    private TimeSpan TimeLeft(RuleAction.Agent action, AgentProgress progress)
    {
        var left = TimeSpan.FromMinutes(action.MaxMinutes) - TimeSpan.FromMilliseconds(progress.Milliseconds);
        return left < models.CallTimeout ? left : models.CallTimeout;
    }

    private static string? OverLimit(RuleAction.Agent action, AgentProgress progress) =>
        progress.Tokens >= action.MaxTokens ? $"The agent used {progress.Tokens} tokens, and 'maxTokens' is {action.MaxTokens}."
        : progress.Milliseconds >= action.MaxMinutes * 60_000L ? $"The agent worked for longer than 'maxMinutes', {action.MaxMinutes}."
        : progress.CallsCounted >= MostCalls(action) ? $"The agent called its model {progress.CallsCounted} times for 'maxRounds' {action.MaxRounds}."
        : null;

    /// <summary>
    /// One question per round, three attempts at it and one further text. A model that needs more is going in circles.
    /// </summary>
    private static int MostCalls(RuleAction.Agent action) => 10 + (5 * action.MaxRounds);

    /// <summary>
    /// Executes the model's tool calls in order. After a question or the end of the work, the other calls are refused.
    /// </summary>
    private async Task<ActionOutcome> FollowAsync(
        TurnDraft draft, RuleAction.Agent action, ModelCall answer, CancellationToken cancellationToken)
    {
        var toolCalls = new ToolCalls(draft, action, environments.Get(draft.Run.Environment), await TaskOfAsync(draft, cancellationToken));
        var calls = answer.Said.OfType<AgentPart.Call>().ToArray();
        if (calls.Length == 0 && answer.Unusable is null && action.Output is null
            && answer.Said.OfType<AgentPart.Said>().FirstOrDefault() is { } said)
        {
            toolCalls.FinishWith(said.Text); // without an output form, a final text is a result
        }

        foreach (var call in calls)
        {
            toolCalls.Take(call, answer.Unusable);
        }

        if (toolCalls.IsFinished)
        {
            draft.GoOn();
            return ActionOutcome.Done;
        }

        var told = toolCalls.Told;
        if (answer.Unusable is { } unusable)
        {
            told.Add(new AgentPart.Input(unusable));
        }
        else if (calls.Length == 0)
        {
            told.Add(new AgentPart.Input("Nothing happened. Call one of your tools; call finish when you're done."));
        }

        var refused = toolCalls.DidAnything ? 0 : draft.Agent!.Refused + 1;
        draft.Agent = draft.Agent! with { Refused = refused, Next = told };
        if (refused > 0)
        {
            draft.Log(RunEvent.ModelRefused, toolCalls.WhyRefused ?? answer.Unusable ?? "The model called no tool.");
        }

        return refused >= MostRefused
            ? new ActionOutcome.Failed(ActionOutcome.Cut(
                $"{MostRefused} model responses in a row were unusable. Last problem: "
                + (toolCalls.WhyRefused ?? answer.Unusable ?? "it called no tool."), 1000), MayPass: false)
            : ActionOutcome.Waits;
    }

    private async Task<HumanTask?> TaskOfAsync(TurnDraft draft, CancellationToken cancellationToken) =>
        draft is { Agent: { Tasks: > 0 and var number }, Action: { } action }
            ? await store.FindTaskAsync(HumanTask.IdOf(draft.Run.Id, TaskName(action, number)), cancellationToken)
            : null;

    /// <summary>
    /// Returns the action name of an agent's task: the agent's name for the first, with a number for each later one.
    /// </summary>
    internal static string TaskName(RuleAction action, int number) =>
        number == 1 ? action.Name : string.Create(CultureInfo.InvariantCulture, $"{action.Name}.{number}");

    /// <summary>Returns a task whose response was reviewed and is final.</summary>
    internal static HumanTask Final(TurnDraft draft, HumanTask task) => task.Changed(draft.Now, TaskEventKind.Completed) with
    {
        State = new TaskState.Completed(),
        Asked = task.Asked with { Uses = task.Asked.Uses.More() },
    };
}
