namespace HumanTasks.Core.Runs;

/// <summary>An entry in the log of a run. It never contains a link, a code or a key.</summary>
/// <param name="At">The time.</param>
/// <param name="Action">The action; null for the whole run.</param>
/// <param name="Event">The event.</param>
/// <param name="Detail">Further details.</param>
/// <param name="By">The person or program that caused it; null if the run did.</param>
public sealed record LogLine(DateTimeOffset At, string? Action, RunEvent Event, string? Detail, string? By = null);
