using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone;

/// <summary>A run that is awake.</summary>
internal sealed class WokenRun(string runId)
{
    public string RunId => runId;

    public Signal Signal { get; set; }

    public bool InHand { get; set; }

    /// <summary>The signal of a wake-up during its turn.</summary>
    public Signal? Again { get; set; }

    public int Failures { get; set; }

    /// <summary>The number of those failures that were unexpected exceptions, since the last successful turn.</summary>
    public int Faults { get; set; }
}
