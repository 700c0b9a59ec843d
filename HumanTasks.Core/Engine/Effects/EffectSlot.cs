namespace HumanTasks.Core.Engine.Effects;

/// <summary>A place in a lane, held until it is disposed.</summary>
public sealed class EffectSlot : IDisposable
{
    private EffectLanes? lanes;

    internal EffectSlot(EffectLanes lanes, EffectLane lane)
    {
        this.lanes = lanes;
        Lane = lane;
    }

    /// <summary>The lane of the place.</summary>
    public EffectLane Lane { get; }

    public void Dispose() => Interlocked.Exchange(ref lanes, null)?.Leave(Lane);
}
