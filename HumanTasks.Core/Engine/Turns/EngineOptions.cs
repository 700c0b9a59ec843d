using HumanTasks.Core.Engine.Effects;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>How patient the engine is.</summary>
public sealed record EngineOptions
{
    /// <summary>How often an agent's turn, or one that meets an exception, is tried before its run fails.</summary>
    public const int UsualAttempts = 5;

    /// <summary>How often an agent's turn is tried before its run fails, where its action does not say. Default 5.</summary>
    public int MaxAttempts { get; init; } = UsualAttempts;

    /// <summary>The pause before the second attempt; every further one doubles it. Default 2 seconds.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause between attempts. Default 1 minute.</summary>
    public TimeSpan MaxRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many runs one turn starts; what is more is for the next turn. Default 16.</summary>
    public int MaxStartsOfATurn { get; init; } = 16;

    /// <summary>How many bytes of contexts one turn hands to the runs that it starts. Default 4 MiB.</summary>
    public int MaxStartBytesOfATurn { get; init; } = 4 << 20;

    /// <summary>
    /// How many effects of a kind this process performs at once: of the kind, to one target, of one tree of runs. The turns
    /// of other runs go on beside them.
    /// </summary>
    public Func<EffectKind, EffectLimit> EffectLimits { get; init; } = Usual;

    /// <summary>The bounds of a host whose turns do not wait for effects.</summary>
    public static EffectLimit Usual(EffectKind kind) => kind switch
    {
        EffectKind.Email => new EffectLimit(16, 16, 8),
        EffectKind.Http => new EffectLimit(1024, 32, 32), // they hold no thread, and many slow hosts must not keep a quick one waiting
        EffectKind.Webhook => new EffectLimit(512, 16, 16),
        EffectKind.Channel => new EffectLimit(16, 4, 8),
        EffectKind.Model => new EffectLimit(32, 32, 16),
        EffectKind.Start => new EffectLimit(16, 4, 4),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The longest chain of runs that start each other without a person in between. Default 50.</summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>Told of every exception that nobody expects, with the run's id and, where it is known, the correlation id.</summary>
    public Action<string, string?, Exception>? OnFault { get; init; }

    /// <summary>The runs whose turns met such an exception lately.</summary>
    public RunFaults Faults { get; } = new();

    /// <summary>Told of every task that was closed otherwise than by its link: cancelled, expired, answered by the API or a member.</summary>
    public Func<Tasks.HumanTask, Task>? OnClosed { get; init; }

    /// <summary>The pause after a number of failed attempts; longer where the other side asks for it, up to a day.</summary>
    public TimeSpan PauseAfter(int attempts, TimeSpan? least = null)
    {
        var usual = (long)Math.Min(FirstRetry.Ticks * Math.Pow(2, attempts - 1), MaxRetry.Ticks);
        return TimeSpan.FromTicks(Math.Max(usual, Math.Min(least?.Ticks ?? 0, TimeSpan.TicksPerDay)));
    }
}
