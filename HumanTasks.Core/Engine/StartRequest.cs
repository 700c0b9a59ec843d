using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Core.Engine;

/// <summary>A run that somebody wants to start.</summary>
/// <param name="RunId">Chosen by the caller of the desk, so that a repeated request comes to the same run.</param>
/// <param name="Environment">Where it runs and what its plan allows.</param>
/// <param name="RuleSet">A saved version, or one of version 0 that the run takes with it.</param>
/// <param name="Context">The run's own from now on.</param>
/// <param name="CorrelationId">The run's id without one.</param>
public sealed record StartRequest(
    string RunId, RunEnvironment Environment, RuleSet RuleSet, JsonObject Context, string? CorrelationId)
{
    /// <summary>Who starts it.</summary>
    public string? By { get; init; }

    /// <summary>Refuses, and creates nothing, when the first turn does not come to a person.</summary>
    public bool MustPause { get; init; }
}
