using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>What a store knows of a run without reading its context.</summary>
/// <param name="Id">The run's.</param>
/// <param name="Version">The version at which it stands.</param>
/// <param name="CorrelationId">Its correlation ID.</param>
/// <param name="Status">Its status.</param>
/// <param name="State">Where it stands; null when its body cannot be read at all.</param>
public sealed record RunMark(string Id, int Version, string CorrelationId, RunStatus Status, RunState? State);

/// <summary>Another state of a run, and the log line that says so.</summary>
/// <param name="State">Where the run stands from now on.</param>
/// <param name="Line">Added to its log; its time becomes the run's.</param>
public sealed record Restatement(RunState State, LogLine Line);
