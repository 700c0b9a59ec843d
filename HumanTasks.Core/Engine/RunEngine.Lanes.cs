using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>Turns on a host where no run waits for a place in a lane.</summary>
public sealed partial class RunEngine
{
    private readonly LaneLooks looks = new(options.EffectLimits, time);
    private readonly StartBacklog backlog = new(time);

    /// <summary>
    /// Takes one turn. Repeated and concurrent calls are safe: a run past the turn is unchanged, and of two concurrent
    /// turns one commits and the other is told to continue. An unexpected exception is reported and rethrown. The host
    /// retries the turn a few times and then gives up (<see cref="Signal.GivenUp"/>).
    /// </summary>
    /// <remarks>If there is no place for an effect, the run tries again later.</remarks>
    public async Task<Next> AdvanceAsync(Turn turn, CancellationToken cancellationToken)
    {
        EffectSlot? slot = null;
        var since = 0L;
        try
        {
            var (next, wants) = await AdvanceAsync(turn, Enter, cancellationToken);
            return wants is { } lane ? next with { WaitsUntil = looks.Next(lane) } : next;
        }
        finally
        {
            Leave();
        }

        bool Enter(EffectLane lane)
        {
            if (slot?.Lane != lane)
            {
                Leave();
                slot = lane.Kind == EffectKind.Start && backlog.IsFull(lane.Tree) ? null : lanes.TryEnter(lane);
                since = time.GetTimestamp();
            }

            return slot is not null;
        }

        void Leave()
        {
            if (slot is not null)
            {
                looks.Note(slot.Lane, time.GetElapsedTime(since));
                slot.Dispose();
                slot = null;
            }
        }
    }
}
