using HumanTasks.Core.Runs;

namespace HumanTasks.Functions.Orchestration;

/// <summary>The custom status of a waiting orchestration.</summary>
/// <param name="For">What it waits for, as text for people who look at the task hub.</param>
/// <param name="TaskId">The human task, when it waits for a person.</param>
/// <param name="Until">When it continues without an event.</param>
internal sealed record Waiting(string For, string? TaskId, DateTimeOffset Until)
{
    /// <summary>Returns the status, or null while the run does not wait.</summary>
    public static Waiting? Of(Next next) => next switch
    {
        { IsOver: true } or { WaitsUntil: null } => null,
        { WaitsFor: { } taskId } => new Waiting("a person's response", taskId, next.WaitsUntil.Value),
        _ => new Waiting("its next attempt or the run allowance", null, next.WaitsUntil.Value),
    };
}
