using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>Takes the first turns of runs before the runs are stored.</summary>
public sealed partial class RunEngine
{
    /// <summary>
    /// Takes the first turn of a run that is not stored yet, as far as it has no external effects, so the run and its
    /// first task are created in one write.
    /// </summary>
    internal async Task<TurnCommit> BeginAsync(Run run, RuleSet ruleSet, string? by, CancellationToken cancellationToken) =>
        await WithFirstTurnsAsync(await FirstTurnAsync(run, ruleSet, by, cancellationToken), cancellationToken);

    private async Task<TurnCommit> FirstTurnAsync(Run run, RuleSet ruleSet, string? by, CancellationToken cancellationToken)
    {
        var draft = new TurnDraft(new RunStanding(run, null, []), ruleSet, links, run.CreatedAt, allowEffects: false)
        {
            Locale = EnvironmentLocale.Of(environments.Find(run.Environment)),
        };
        ActionRunner.LogBeginning(draft, ruleSet, by);
        await actions.ProceedAsync(draft, cancellationToken);
        return draft.Commit();
    }

    private async Task<TurnCommit> WithFirstTurnsAsync(TurnCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Starts.Count == 0)
        {
            return commit;
        }

        var starts = new List<RunStart>(commit.Starts.Count);
        foreach (var start in commit.Starts)
        {
            starts.Add(start with { Begun = await FirstTurnAsync(start, cancellationToken) });
        }

        return commit with { Starts = starts };
    }

    /// <summary>
    /// Takes the first turn of a run that another run starts. Returns null if the run must take it itself: it may have
    /// to wait for the allowance, it starts other runs, or its failure must not fail the run that starts it.
    /// </summary>
    private async Task<TurnCommit?> FirstTurnAsync(RunStart start, CancellationToken cancellationToken)
    {
        if (start.Metering is not null || start.Run.State.IsOver)
        {
            return null;
        }

        try
        {
            // a discarded first turn must not change the initial data of the run
            var run = start.Run with { Context = start.Run.Context.DeepClone().AsObject() };
            return await FindRuleSetAsync(run, null, cancellationToken) is { } ruleSet
                && await FirstTurnAsync(run, ruleSet, null, cancellationToken) is { Starts.Count: 0 } first
                    ? first
                    : null;
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault))
        {
            options.OnFault?.Invoke(start.Run.Id, start.Run.CorrelationId, fault);
            return null;
        }
    }
}
