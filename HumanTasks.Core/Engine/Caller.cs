namespace HumanTasks.Core.Engine;

/// <summary>Who asks for a change of a task, and with what right.</summary>
/// <param name="By">The name of the person or program, for the log and the task's activity.</param>
public sealed record Caller(string? By)
{
    /// <summary>The address of the assignee for whom the change is made; null for none.</summary>
    public string? Person { get; init; }

    /// <summary>The seat of the link that was used, in a task for several people.</summary>
    public int? Seat { get; init; }

    /// <summary>Whether the task's link was used, which only its owner has.</summary>
    public bool IsAtLink { get; init; }

    /// <summary>Whether the caller may manage the tasks of other people.</summary>
    public bool Manages { get; init; }
}
