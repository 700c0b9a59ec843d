using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>The result of a call.</summary>
/// <param name="Failure">The reason for the failure; null on success.</param>
/// <param name="Status">The status code of the response.</param>
/// <param name="Body">The body, parsed if it is JSON.</param>
internal sealed record HttpResult(ActionOutcome.Failed? Failure, int Status = 0, JsonNode? Body = null) : EffectResult(Failure)
{
    /// <summary>The size of the body in bytes; null if unknown.</summary>
    public long? Bytes { get; init; }

    /// <summary>The beginning of a failed answer's body; null if it is not kept.</summary>
    public string? Error { get; init; }

    public static HttpResult Failed(string message, bool mayPass, string? error = null) =>
        new(new ActionOutcome.Failed(message, mayPass) { Error = error });
}
