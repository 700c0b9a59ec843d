using System.Text.Json.Serialization;
using HumanTasks.Core.Runs;

namespace HumanTasks.Web.Api;

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
