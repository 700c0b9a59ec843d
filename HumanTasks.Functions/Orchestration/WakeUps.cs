using HumanTasks.Core.Runs;
using Microsoft.DurableTask;

namespace HumanTasks.Functions.Orchestration;

/// <summary>What ends an orchestration's wait: the event <see cref="HumanResponse"/> or a durable timer.</summary>
internal sealed class WakeUps(TaskOrchestrationContext context)
{
    /// <summary>The external event. It carries nothing that matters: what happened is in the store.</summary>
    public const string HumanResponse = nameof(Signal.HumanResponse);

    // a clock that runs a little behind the orchestration's finds the deadline not passed yet: it must not spin
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    // One wait at a time, kept until an event ends it. A wait that lost against a timer and was dropped, cancelled or
    // not, would still take the next event with it: the SDK hands events to waits, not to those who still listen.
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

    // not CancelAsync: an orchestrator never leaves its thread
    private static void Stop(CancellationTokenSource timer) => timer.Cancel();
}
