using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>Turns on a host where no run waits for a place in a lane.</summary>
public sealed partial class RunEngine
{
    private readonly LaneLooks looks = new(options.EffectLimits, time);
    private readonly StartBacklog backlog = new(time);

    /// <summary>
    /// Takes one turn. Safe to repeat and to race: a run that is already past the turn is not touched, and of two
    /// turns at once one commits while the other is asked to go on. An exception that nobody expects is told and thrown: the
    /// host tries the turn a few times and then gives it up (<see cref="Signal.GivenUp"/>).
    /// </summary>
    /// <remarks>An effect for which there is no room makes the run look again later.</remarks>
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
