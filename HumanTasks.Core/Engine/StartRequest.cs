using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Core.Engine;

/// <summary>A request to start a run.</summary>
/// <param name="RunId">The ID chosen by the caller, so that a repeated request reaches the same run.</param>
/// <param name="Environment">The environment, with the limits of its plan.</param>
/// <param name="RuleSet">A saved version, or a rule set of version 0 that is stored in the run.</param>
/// <param name="Context">The initial context, owned by the run from now on.</param>
/// <param name="CorrelationId">The correlation ID; the run ID if null.</param>
public sealed record StartRequest(
    string RunId, RunEnvironment Environment, RuleSet RuleSet, JsonObject Context, string? CorrelationId)
{
    /// <summary>The person or program that starts the run.</summary>
    public string? By { get; init; }

    /// <summary>
    /// Whether the request is refused, without creating anything, if the first turn does not reach a person.
    /// </summary>
    public bool MustPause { get; init; }
}
