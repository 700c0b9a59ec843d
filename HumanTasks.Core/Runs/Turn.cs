namespace HumanTasks.Core.Runs;

/// <summary>One turn of a run. A plain record, because it crosses an orchestration boundary.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Number">
/// The version of the run that the turn expects. A run at a later version has already taken the turn.
/// </param>
/// <param name="Signal">Why the turn is taken.</param>
/// <param name="Reason">The reason of a cancellation, as given.</param>
/// <param name="By">The person or program that cancelled or retried the run.</param>
/// <param name="After">
/// The time of the next turn as stored with the run. A turn after a wait is not taken before it.
/// </param>
/// <param name="Attempts">The number of failed attempts at the turn.</param>
public sealed record Turn(
    string RunId, int Number, Signal Signal, string? Reason = null, string? By = null, Next? After = null, int Attempts = 0)
{
    /// <summary>
    /// The number of a turn that accepts any version of the run, because it is never repeated as an activity may be.
    /// </summary>
    public const int AnyNumber = int.MaxValue;

    public static Turn First(string runId) => new(runId, 0, Signal.Started);

    public Turn Then(Next next, Signal signal) => new(RunId, next.Turn, signal);
}
