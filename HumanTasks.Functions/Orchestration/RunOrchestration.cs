using HumanTasks.Core.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// Where a run waits. Everything a run decides happens in <see cref="Advance"/>, which is never replayed; what crosses
/// the boundary is plain: ids, numbers, times. The instance id is the run's id.
/// </summary>
public static class RunOrchestration
{
    /// <summary>
    /// How many turns share one history. Few changes of generation, because an event that arrives in the middle of one
    /// can be lost.
    /// </summary>
    internal const int TurnsPerGeneration = 20;

    [Function(nameof(RunOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var turn = context.GetInput<Turn>()!;
        var wakeUps = new WakeUps(context);

        for (var i = 0; i < TurnsPerGeneration; i++)
        {
            // a run that was stored waiting has nothing to do before somebody answers
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

        // before a turn, never between a turn and its wait: an event lost in the change of generation is one whose
        // response was accepted before, and the turn reads accepted responses from the store, whatever woke it
        context.ContinueAsNew(turn, preserveUnprocessedEvents: true);
    }

    /// <summary>
    /// Takes a turn; one that meets the same exception at every try is given up, so that its run fails where people see it.
    /// While the storage refuses nothing is given up: the orchestration fails, and the sweeper starts it again.
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
