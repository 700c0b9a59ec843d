using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Storage;

/// <summary>A run that wants a turn, and its position in the list of due runs.</summary>
internal sealed record DueRun(string RunId, int Version, RunStatus Status, long WakeAt, long Key);
