namespace HumanTasks.Core.Engine.Turns;

/// <summary>How patient the engine is.</summary>
public sealed record EngineOptions
{
    /// <summary>How often an action is tried before its run fails. Default 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The pause before the second attempt; every further one doubles it. Default 2 seconds.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause between attempts. Default 1 minute.</summary>
    public TimeSpan MaxRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many runs one turn starts; what is more is for the next turn. Default 16.</summary>
    public int MaxStartsOfATurn { get; init; } = 16;

    /// <summary>How many bytes of contexts one turn hands to the runs that it starts. Default 4 MiB.</summary>
    public int MaxStartBytesOfATurn { get; init; } = 4 << 20;

    /// <summary>
    /// How many calls of models this process makes at once; a run for which there is no room looks again after a second, so
    /// that slow models never keep other runs from their turns. Default 32.
    /// </summary>
    public int MaxModelCalls { get; init; } = 32;

    /// <summary>The longest chain of runs that start each other without a person in between. Default 50.</summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>Told of every exception that nobody expects, with the run's id and, where it is known, the correlation id.</summary>
    public Action<string, string?, Exception>? OnFault { get; init; }

    /// <summary>Told of every task that was closed otherwise than by its link: cancelled, expired, answered by the API or a member.</summary>
    public Func<Tasks.HumanTask, Task>? OnClosed { get; init; }

    /// <summary>The pause after a number of failed attempts; longer where the other side asks for it, up to a day.</summary>
    public TimeSpan PauseAfter(int attempts, TimeSpan? least = null)
    {
        var usual = (long)Math.Min(FirstRetry.Ticks * Math.Pow(2, attempts - 1), MaxRetry.Ticks);
        return TimeSpan.FromTicks(Math.Max(usual, Math.Min(least?.Ticks ?? 0, TimeSpan.TicksPerDay)));
    }
}
