using System.Text.Json.Serialization;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Runs;

namespace HumanTasks.Web.Api;

/// <summary>One call of a model.</summary>
/// <param name="Action">The agent's action.</param>
/// <param name="Number">The number of the call, from 1.</param>
/// <param name="RequestId">The ID that every attempt at the call carries.</param>
/// <param name="At">When the model responded.</param>
/// <param name="Milliseconds">How long the call took.</param>
/// <param name="Model">The model, as the provider names it.</param>
/// <param name="InputTokens">The tokens of the whole conversation sent.</param>
/// <param name="OutputTokens">The tokens of the model's response.</param>
/// <param name="Given">What was sent since the last call.</param>
/// <param name="Said">What the model responded.</param>
/// <param name="Unusable">Why the response cannot be used.</param>
public sealed record TranscriptItem(
    string Action,
    int Number,
    string RequestId,
    DateTimeOffset At,
    long Milliseconds,
    string Model,
    long InputTokens,
    long OutputTokens,
    IReadOnlyList<TranscriptPart> Given,
    IReadOnlyList<TranscriptPart> Said,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unusable)
{
    public static TranscriptItem Of(ModelCall call) => new(
        call.Action, call.Number, call.RequestId, call.At, call.Milliseconds, call.Model, call.InputTokens, call.OutputTokens,
        [.. call.Given.Select(TranscriptPart.Of)], [.. call.Said.Select(TranscriptPart.Of)], call.Unusable);
}

/// <summary>A part of a transcript.</summary>
/// <param name="Kind"><c>instructions</c>, <c>told</c>, <c>file</c>, <c>result</c>, <c>said</c> or <c>call</c>.</param>
/// <param name="Text">The text, the JSON of a result or of arguments, or the name of a file.</param>
/// <param name="Tool">The tool that was called.</param>
/// <param name="CallId">The ID that connects a result with its call.</param>
public sealed record TranscriptPart(
    string Kind,
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tool = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CallId = null)
{
    public static TranscriptPart Of(AgentPart part) => part switch
    {
        AgentPart.Instructions instructions => new("instructions", instructions.Text),
        AgentPart.Input told => new("told", told.Text),
        AgentPart.Readable readable => new("file", readable.File.Name),
        AgentPart.Result result => new("result", result.Json, null, result.CallId),
        AgentPart.Said said => new("said", said.Text),
        AgentPart.Call call => new("call", call.Arguments, call.Tool, call.Id),
        _ => throw new InvalidOperationException($"Unknown part {part.GetType().Name}."),
    };
}
