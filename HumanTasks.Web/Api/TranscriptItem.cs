using System.Text.Json.Serialization;
using HumanTasks.Core.Agents;

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
