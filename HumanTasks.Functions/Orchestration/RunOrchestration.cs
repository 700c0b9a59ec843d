using HumanTasks.Core.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// The orchestration in which a run waits. Everything a run decides happens in <see cref="Advance"/>, which is never
/// replayed; only IDs, numbers and times cross the boundary. The instance ID is the run's ID.
/// </summary>
public static class RunOrchestration
{
    /// <summary>
    /// The number of turns that share one history. Changes of generation are rare, because an event that arrives during
    /// one can be lost.
    /// </summary>
    internal const int TurnsPerGeneration = 20;

    [Function(nameof(RunOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var turn = context.GetInput<Turn>()!;
        var wakeUps = new WakeUps(context);

        for (var i = 0; i < TurnsPerGeneration; i++)
        {
            // a run that was stored waiting has nothing to do before a response arrives
            var next = turn.After is { IsOver: false, WaitsUntil: not null } after
                ? after
                : await TakeAsync(context, turn);
            context.SetCustomStatus(Waiting.Of(next));

            if (next.IsOver)
            {
                return;
            }

            turn = turn.Then(next, next.WaitsUntil is { } deadline
                ? await wakeUps.HumanResponseOrDeadlineAsync(deadline)
                : Signal.Continue);
        }

        // before a turn, never between a turn and its wait: an event lost in the change of generation belongs to a
        // response that was accepted before, and the turn reads accepted responses from the store, whatever woke it
        context.ContinueAsNew(turn, preserveUnprocessedEvents: true);
    }

    /// <summary>
    /// Takes a turn. A turn that throws at every attempt is given up, so that its run fails visibly. While storage
    /// refuses, nothing is given up: the orchestration fails, and the sweeper starts it again.
    /// </summary>
    private static async Task<Next> TakeAsync(TaskOrchestrationContext context, Turn turn)
    {
        try
        {
            return await context.CallActivityAsync<Next>(nameof(Advance), turn, Retries.OfATurn);
        }
        catch (TaskFailedException failed) when (!Retries.IsWaitedOut(failed.FailureDetails))
        {
            var givenUp = new Turn(turn.RunId, turn.Number, Signal.GivenUp, Attempts: Retries.Attempts);
            return await context.CallActivityAsync<Next>(nameof(Advance), givenUp, Retries.OfATurn);
        }
    }
}
