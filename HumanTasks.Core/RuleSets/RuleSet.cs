using System.Text.Json;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>A named, versioned list of actions, compiled to a flat list of steps.</summary>
/// <param name="Name">The name in the document, unique in its environment.</param>
/// <param name="Version">The version, from 1; 0 for a rule set stored inside its run.</param>
/// <param name="Actions">
/// The steps. A run's position is an index into them; the run completes after the last step.
/// </param>
public sealed record RuleSet(
    string Name,
    int Version,
    IReadOnlyList<RuleAction> Actions)
{
    /// <summary>The context values that are hidden from people who view its runs.</summary>
    public IReadOnlyList<Expressions.ContextPath> Secrets { get; init; } = [];

    /// <summary>The title of its runs; null for that of their first task.</summary>
    public Expressions.Template? Title { get; init; }

    /// <summary>The human interventions. Their links exist from the start of the run.</summary>
    public IEnumerable<RuleAction.HumanIntervention> Interventions => Actions.OfType<RuleAction.HumanIntervention>();

    /// <summary>Returns advice for the author that is not a problem.</summary>
    public static IEnumerable<Problem> HintsOf(IReadOnlyList<RuleAction> actions) =>
        from action in actions
        let request = (action as RuleAction.HumanTask)?.Request ?? (action as RuleAction.HumanIntervention)?.Request
        where request is { Show: null }
        select new Problem(
            $"{action.Pointer}/show",
            $"'{action.Name}' has no 'show', so the reviewer sees no context values. "
            + "List the paths to show, or use [\"*\"] for all or [] for none.");

    /// <summary>Loads a document that was validated when it was saved.</summary>
    public static RuleSet Load(string name, int version, JsonElement definition)
    {
        var problems = new Problems { Stored = true };
        return RuleSetReader.Read(definition, problems, new RuleSetLimits(TimeSpan.MaxValue, true), trusted: true) is { } actions
            ? new RuleSet(name, version, actions) { Secrets = RuleSets.Secrets.Of(definition), Title = RuleSetTitle.Of(definition) }
            : throw new InvalidOperationException(
                $"The stored rule set {name} is not valid: {problems[0].Pointer} {problems[0].Message}");
    }
}
