namespace HumanTasks.Core.Links;

/// <summary>The content of a link: run, action, generation and seat.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Action">The name of the action that created the task.</param>
/// <param name="Generation">The generation, raised by each new link. Older links are revoked.</param>
/// <param name="Seat">The seat, 1 to 255, in a task for several people; otherwise 0.</param>
public sealed record LinkClaim(string RunId, string Action, int Generation, int Seat = 0)
{
    public string TaskId => Tasks.HumanTask.IdOf(RunId, Action);
}
