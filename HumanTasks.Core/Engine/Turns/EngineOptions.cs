using HumanTasks.Core.Engine.Effects;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>The limits and retries of the engine.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// The number of attempts at an agent's turn, or at a turn that fails with an exception, before its run fails.
    /// </summary>
    public const int UsualAttempts = 5;

    /// <summary>
    /// The number of attempts at an agent's turn before its run fails, unless its action sets it. Default 5.
    /// </summary>
    public int MaxAttempts { get; init; } = UsualAttempts;

    /// <summary>The pause before the second attempt, doubled for each further one. Default 2 seconds.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum pause between attempts. Default 1 minute.</summary>
    public TimeSpan MaxRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of runs that one turn starts. The next turn starts the rest. Default 16.</summary>
    public int MaxStartsOfATurn { get; init; } = 16;

    /// <summary>
    /// The maximum size of the contexts that one turn passes to started runs, in bytes. Default 4 MiB.
    /// </summary>
    public int MaxStartBytesOfATurn { get; init; } = 4 << 20;

    /// <summary>
    /// The maximum number of concurrent effects in this process: per kind, per target and per tree of runs. Other turns
    /// are not blocked by them.
    /// </summary>
    public Func<EffectKind, EffectLimit> EffectLimits { get; init; } = Usual;

    /// <summary>The limits of a host whose turns do not wait for effects.</summary>
    public static EffectLimit Usual(EffectKind kind) => kind switch
    {
        EffectKind.Email => new EffectLimit(16, 16, 8),
        // Waiting effects hold no thread, and many slow hosts must not delay a fast one.
        EffectKind.Http => new EffectLimit(1024, 32, 32),
        EffectKind.Webhook => new EffectLimit(512, 16, 16),
        EffectKind.Channel => new EffectLimit(16, 4, 8),
        EffectKind.Model => new EffectLimit(32, 32, 16),
        EffectKind.Start => new EffectLimit(16, 4, 4),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// The maximum length of a chain of runs that start each other without a person in between. Default 50.
    /// </summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>Called for every unexpected exception, with the run ID and, if known, the correlation ID.</summary>
    public Action<string, string?, Exception>? OnFault { get; init; }

    /// <summary>The runs whose turns recently failed with such an exception.</summary>
    public RunFaults Faults { get; } = new();

    /// <summary>
    /// Called for every task that was closed other than by its link: cancelled, expired, or answered by the API or a
    /// member.
    /// </summary>
    public Func<Tasks.HumanTask, Task>? OnClosed { get; init; }

    /// <summary>
    /// Returns the pause after a number of failed attempts; longer if the other side asks for it, up to one day.
    /// </summary>
    public TimeSpan PauseAfter(int attempts, TimeSpan? least = null)
    {
        var usual = (long)Math.Min(FirstRetry.Ticks * Math.Pow(2, attempts - 1), MaxRetry.Ticks);
        return TimeSpan.FromTicks(Math.Max(usual, Math.Min(least?.Ticks ?? 0, TimeSpan.TicksPerDay)));
    }
}
