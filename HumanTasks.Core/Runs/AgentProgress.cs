namespace HumanTasks.Core.Runs;

/// <summary>
/// The progress of an agent, which decides its next call. The transcript of committed calls is stored beside it.
/// </summary>
public sealed record AgentProgress
{
    /// <summary>The number of committed model calls, none of which is repeated.</summary>
    public int Calls { get; init; }

    /// <summary>
    /// The number of calls that count against the limits: those since the run was started or last retried.
    /// </summary>
    public int CallsCounted { get; init; }

    /// <summary>The tokens of the counted calls.</summary>
    public long Tokens { get; init; }

    /// <summary>The duration of the counted calls.</summary>
    public long Milliseconds { get; init; }

    /// <summary>The number of questions to people.</summary>
    public int Rounds { get; init; }

    /// <summary>The number of consecutive unusable answers of the model.</summary>
    public int Refused { get; init; }

    /// <summary>The number of tasks that the agent created; the newest is named after it.</summary>
    public int Tasks { get; init; }

    /// <summary>The tool call that waits for a person; null if none does.</summary>
    public AgentPart.Call? Waiting { get; init; }

    /// <summary>The messages to the model in the next call.</summary>
    public IReadOnlyList<AgentPart> Next { get; init; } = [];

    /// <summary>Returns the progress after a retry, with the limits reset.</summary>
    public AgentProgress Anew() => this with { CallsCounted = 0, Tokens = 0, Milliseconds = 0, Rounds = 0, Refused = 0 };
}
