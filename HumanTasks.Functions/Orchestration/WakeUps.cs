using HumanTasks.Core.Runs;
using Microsoft.DurableTask;

namespace HumanTasks.Functions.Orchestration;

/// <summary>The wait of an orchestration, ended by the event <see cref="HumanResponse"/> or a durable timer.</summary>
internal sealed class WakeUps(TaskOrchestrationContext context)
{
    /// <summary>The external event. Its payload does not matter: the store has what happened.</summary>
    public const string HumanResponse = nameof(Signal.HumanResponse);

    // a clock slightly behind the orchestration's may find the deadline not passed yet; a minimum wait prevents a busy
    // loop
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    // One wait at a time, kept until an event ends it. A wait that was dropped after a timer, cancelled or not, would
    // still consume the next event, because the SDK delivers events to the oldest wait.
    private Task? response;

    public async Task<Signal> HumanResponseOrDeadlineAsync(DateTimeOffset deadline)
    {
        response ??= context.WaitForExternalEvent<object>(HumanResponse);

        using var timer = new CancellationTokenSource();
        var due = context.CreateTimer(FireAt(deadline), timer.Token);
        await Task.WhenAny(response, due);
        if (!response.IsCompleted)
        {
            return Signal.DeadlinePassed;
        }

        response = null;
        Stop(timer);
        return Signal.HumanResponse;
    }

    private DateTime FireAt(DateTimeOffset deadline)
    {
        var soonest = context.CurrentUtcDateTime + ShortestWait;
        return deadline.UtcDateTime > soonest ? deadline.UtcDateTime : soonest;
    }

    // not CancelAsync: an orchestrator must stay on its thread
    private static void Stop(CancellationTokenSource timer) => timer.Cancel();
}
