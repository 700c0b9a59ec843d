using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>The data of a run that a store knows without reading its context.</summary>
/// <param name="Id">The ID of the run.</param>
/// <param name="Version">The stored version.</param>
/// <param name="CorrelationId">The correlation ID.</param>
/// <param name="Status">The status.</param>
/// <param name="State">The state; null if the body is unreadable.</param>
public sealed record RunMark(string Id, int Version, string CorrelationId, RunStatus Status, RunState? State);

/// <summary>A new state of a run, with its log entry.</summary>
/// <param name="State">The new state.</param>
/// <param name="Line">The log entry, whose time becomes the run's.</param>
public sealed record Restatement(RunState State, LogLine Line);
