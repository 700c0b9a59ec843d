using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Masking;

/// <summary>The records of a run as people who view it may see them.</summary>
public static class SecretMaskOfRecords
{
    public static HumanTask Task(this SecretMask mask, HumanTask task, ISet<string>? found = null) => mask.IsEmpty ? task : task with
    {
        Question = task.Question with
        {
            Title = mask.Text(task.Question.Title, found),
            Titles = mask.Texts(task.Question.Titles, found),
            Description = mask.TextOrNull(task.Question.Description, found),
            Descriptions = mask.Texts(task.Question.Descriptions, found),
            Context = mask.Context(task.Question.Context),
            Rounds = [.. task.Question.Rounds.Select(round => round with { Form = mask.Form(round.Form) })],
        },
        Asked = task.Asked.With(seat => seat with { Assignee = mask.Text(seat.Assignee, found) }),
        State = task.State switch
        {
            TaskState.Cancelled cancelled => cancelled with { Reason = mask.TextOrNull(cancelled.Reason, found) },
            TaskState.Rejected rejected => rejected with { By = mask.TextOrNull(rejected.By, found), Reason = mask.TextOrNull(rejected.Reason, found) },
            var other => other,
        },
        History = task.History with { Timeline = [.. task.History.Timeline.Select(happened => mask.Event(happened, found))] },
    };

    private static Dictionary<string, string>? Texts(
        this SecretMask mask, IReadOnlyDictionary<string, string>? texts, ISet<string>? found) =>
        texts?.ToDictionary(text => text.Key, text => mask.Text(text.Value, found), StringComparer.Ordinal);

    public static HumanResponse Response(this SecretMask mask, HumanResponse response) => mask.IsEmpty ? response : response with
    {
        Values = mask.Answers(response.Values),
        Reason = mask.TextOrNull(response.Reason),
        By = mask.TextOrNull(response.By),
        Receipt = response.Receipt is { } receipt && mask.HidesIn(receipt) ? null : response.Receipt,
    };

    public static TaskEvent Event(this SecretMask mask, TaskEvent happened, ISet<string>? found = null) => mask.IsEmpty ? happened : happened with
    {
        By = mask.TextOrNull(happened.By, found),
        Detail = mask.TextOrNull(happened.Detail, found),
    };

    public static LogLine Line(this SecretMask mask, LogLine line) => mask.IsEmpty ? line : line with
    {
        Detail = mask.TextOrNull(line.Detail),
        By = mask.TextOrNull(line.By),
    };

    /// <summary>Returns an attempt to call another system with its secrets hidden.</summary>
    public static CallAttempt Attempt(this SecretMask mask, CallAttempt attempt) => mask.IsEmpty ? attempt : attempt with
    {
        Host = mask.Text(attempt.Host),
        Path = mask.Text(attempt.Path),
        Problem = mask.TextOrNull(attempt.Problem),
        Error = mask.TextOrNull(attempt.Error),
    };

    public static RunState State(this SecretMask mask, RunState state) => mask.IsEmpty ? state : state switch
    {
        RunState.Completed completed => new RunState.Completed(mask.Output(completed.Output)),
        _ => mask.Reasons(state),
    };

    /// <summary>Returns a state with secrets hidden in its reasons; the output is unchanged.</summary>
    internal static RunState Reasons(this SecretMask mask, RunState state) => state switch
    {
        _ when mask.IsEmpty => state,
        RunState.Failed failed => new RunState.Failed(failed.Error with { Message = mask.Text(failed.Error.Message) }),
        RunState.Cancelled cancelled => new RunState.Cancelled(mask.TextOrNull(cancelled.Reason)),
        RunState.Running { Retry: { } retry } => new RunState.Running(retry with { Message = mask.Text(retry.Message) }),
        _ => state,
    };

    /// <summary>Returns a model call with its secrets hidden. JSON objects are masked member by member.</summary>
    public static ModelCall Call(this SecretMask mask, ModelCall call) => mask.IsEmpty ? call : call with
    {
        Given = [.. call.Given.Select(mask.Part)],
        Said = [.. call.Said.Select(mask.Part)],
        Unusable = mask.TextOrNull(call.Unusable),
    };

    /// <summary>Returns whether a signed receipt contains anything to hide. Signed content cannot be masked.</summary>
    public static bool HidesIn(this SecretMask mask, string jws)
    {
        if (mask.IsEmpty || jws.Split('.') is not [_, var payload, _])
        {
            return !mask.IsEmpty;
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload));
        return StrictJson.Parse(text, []) is not { ValueKind: JsonValueKind.Object } told || mask.Hides(JsonObject.Create(told)!);
    }

    private static AgentPart Part(this SecretMask mask, AgentPart part) => part switch
    {
        AgentPart.Instructions instructions => new AgentPart.Instructions(mask.Text(instructions.Text)),
        AgentPart.Input told => new AgentPart.Input(mask.Text(told.Text)),
        AgentPart.Readable readable => readable with { File = readable.File with { Name = mask.Text(readable.File.Name) } },
        AgentPart.Result result => result with { Json = mask.Json(result.Json) },
        AgentPart.Said said => new AgentPart.Said(mask.Text(said.Text)),
        AgentPart.Call call => call with { Arguments = mask.Json(call.Arguments) },
        _ => part,
    };
}
