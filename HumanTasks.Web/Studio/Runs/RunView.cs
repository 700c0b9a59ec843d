using System.Text.Json.Nodes;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine.Steps;
using HumanTasks.Core.Runs;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>A run with everything that its page shows, with its secrets hidden.</summary>
/// <param name="Run">The run.</param>
/// <param name="CurrentAction">The current action; null when the run is over.</param>
/// <param name="Context">Its context.</param>
/// <param name="Steps">All actions of its rule set, in order.</param>
/// <param name="Log">Its log, oldest first.</param>
/// <param name="Chain">The related runs as a tree.</param>
/// <param name="Now">The time at which it was read.</param>
public sealed record RunView(
    Run Run,
    string? CurrentAction,
    JsonObject Context,
    IReadOnlyList<RunStep> Steps,
    IReadOnlyList<LogLine> Log,
    IReadOnlyList<ChainNode> Chain,
    DateTimeOffset Now)
{
    /// <summary>The calls of its agents to their models, oldest first.</summary>
    public IReadOnlyList<ModelCall> Transcript { get; init; } = [];

    /// <summary>Its webhooks and emails that are not delivered yet, the next one first.</summary>
    public IReadOnlyList<PlannedDelivery> Planned { get; init; } = [];

    /// <summary>The number of runs with its correlation ID, at least one more than the chain shows if there are more.</summary>
    public bool HasMoreRuns { get; init; }

    /// <summary>The end of the run, or now.</summary>
    public DateTimeOffset End => Run.State.IsOver ? Steps.Select(step => step.To ?? Run.UpdatedAt).Append(Run.UpdatedAt).Max() : Now;

    /// <summary>A text that changes whenever anything on the page does.</summary>
    public string State => FormattableString.Invariant(
        $"{Run.Id} {Run.Version} {Log.Count} {string.Join(' ', Steps.SelectMany(step => step.Tasks).Select(task => task.History.Version))} {string.Join(' ', Flat(Chain))}");

    private static IEnumerable<string> Flat(IEnumerable<ChainNode> chain) =>
        chain.SelectMany(node => Flat(node.Children).Prepend(FormattableString.Invariant($"{node.Run.Id} {node.Run.Version}")));
}
