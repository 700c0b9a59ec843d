using HumanTasks.Core.Runs;

namespace HumanTasks.Functions.Orchestration;

/// <summary>The custom status of a waiting orchestration.</summary>
/// <param name="For">What it waits for, in words for whoever looks at the task hub.</param>
/// <param name="TaskId">The human task, when it waits for a person.</param>
/// <param name="Until">When it goes on without.</param>
internal sealed record Waiting(string For, string? TaskId, DateTimeOffset Until)
{
    /// <summary>Null while the run does not wait.</summary>
    public static Waiting? Of(Next next) => next switch
    {
        { IsOver: true } or { WaitsUntil: null } => null,
        { WaitsFor: { } taskId } => new Waiting("a person's response", taskId, next.WaitsUntil.Value),
        _ => new Waiting("its next attempt or the run allowance", null, next.WaitsUntil.Value),
    };
}
