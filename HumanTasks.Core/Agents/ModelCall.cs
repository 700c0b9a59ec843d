using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Agents;

/// <summary>One model call: the messages since the previous call, and the answer.</summary>
/// <param name="Action">The agent's action.</param>
/// <param name="Number">The number, from 1.</param>
/// <param name="RequestId">The request ID, the same for every attempt.</param>
/// <param name="At">The time of the answer.</param>
/// <param name="Milliseconds">The duration of the call.</param>
/// <param name="Model">The model name reported by the provider.</param>
/// <param name="InputTokens">The tokens of the whole conversation sent.</param>
/// <param name="OutputTokens">The tokens of the answer.</param>
/// <param name="Given">The messages since the previous call.</param>
/// <param name="Said">The answer.</param>
/// <param name="Unusable">The reason why the answer is unusable; null if it is usable.</param>
public sealed record ModelCall(
    string Action,
    int Number,
    string RequestId,
    DateTimeOffset At,
    long Milliseconds,
    string Model,
    long InputTokens,
    long OutputTokens,
    IReadOnlyList<AgentPart> Given,
    IReadOnlyList<AgentPart> Said,
    string? Unusable = null);
