using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Steps;

/// <summary>One action of a run's rule set, as far as the run has come with it.</summary>
/// <param name="Name">The action's name.</param>
/// <param name="Type">The action's type; null if its rule set no longer has it.</param>
/// <param name="Depth">The number of branches around it.</param>
/// <param name="State">How far the run has come with it.</param>
public sealed record RunStep(string Name, string? Type, int Depth, StepState State)
{
    /// <summary>Its log lines, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines { get; init; } = [];

    /// <summary>Its tasks, oldest first.</summary>
    public IReadOnlyList<HumanTask> Tasks { get; init; } = [];

    /// <summary>Its recorded calls, oldest first.</summary>
    public IReadOnlyList<CallAttempt> Calls { get; init; } = [];

    /// <summary>The time at which the run reached it; null before that.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time at which the run left it; null while it is there.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The time of the next attempt or the deadline; null for none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The number of attempts at it.</summary>
    public int Attempts => Lines.Count == 0 || Type is "humanTask" or "humanIntervention" ? 0
        : 1 + Lines.Count(line => line.Event is RunEvent.RetryScheduled or RunEvent.RetryRequested)
        - (State is StepState.Retrying ? 1 : 0);

    /// <summary>The responses that its pending task has and needs; null unless it waits for more than one.</summary>
    public (int Given, int Needed)? Responses =>
        State is StepState.Waiting && Tasks is [.., { Asked: Asked.Several { Candidates: false, Need: > 1 } several }]
            ? (several.Seats.Count(seat => seat.Answer is { Rejects: false }), several.Need)
            : null;
}
