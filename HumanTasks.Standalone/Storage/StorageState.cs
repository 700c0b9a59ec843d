using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// Whether the last commit succeeded. Failed writes are logged once a minute with their count instead of once a
/// request, and waiting callers are notified of the first successful commit.
/// </summary>
internal sealed partial class StorageState(TimeProvider time, ILogger<StorageState> logger)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private TaskCompletionSource good = Completed();
    private TaskCompletionSource bad = New();
    private DateTimeOffset toldAt = DateTimeOffset.MinValue;
    private int untold;
    private string? refusal;
    private volatile string? damage;

    /// <summary>Why the host cannot work: the database is damaged or cannot be written. Null when it can.</summary>
    public string? Obstacle => damage ?? refusal;

    /// <summary>Completes as soon as the last commit succeeded.</summary>
    public Task Good
    {
        get
        {
            lock (gate)
            {
                return good.Task;
            }
        }
    }

    /// <summary>Completes as soon as the last commit failed because storage was unavailable.</summary>
    public Task Bad
    {
        get
        {
            lock (gate)
            {
                return bad.Task;
            }
        }
    }

    public void Failed(StorageUnavailableException problem)
    {
        int count;
        lock (gate)
        {
            if (refusal is null)
            {
                good = New();
                bad.TrySetResult();
            }

            refusal = problem.Message;
            untold++;
            if (time.GetUtcNow() - toldAt < TellEvery)
            {
                return;
            }

            (count, untold, toldAt) = (untold, 0, time.GetUtcNow());
        }

        LogFailed(count, problem.Message);
    }

    /// <summary>
    /// Notes that SQLite found a damaged page. No successful commit clears this: it lasts until a restart.
    /// </summary>
    public void Damaged(string problem)
    {
        lock (gate)
        {
            if (damage is not null)
            {
                return;
            }

            damage = $"The database is damaged. Stop the host and run it with --check for the next steps. {problem}";
        }

        LogDamaged(problem);
    }

    public void Succeeded()
    {
        if (refusal is null)
        {
            return;
        }

        int count;
        lock (gate)
        {
            refusal = null;
            (count, untold, toldAt) = (untold, 0, DateTimeOffset.MinValue);
            bad = New();
            good.TrySetResult();
        }

        LogRecovered(count);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Completed()
    {
        var done = New();
        done.SetResult();
        return done;
    }

    [LoggerMessage(1, LogLevel.Error, "Storage is not writable. {Count} writes failed since the last message: {Problem}")]
    private partial void LogFailed(int count, string problem);

    [LoggerMessage(3, LogLevel.Critical, "The database is damaged. Stop the host and run it with --check for the next steps. {Problem}")]
    private partial void LogDamaged(string problem);

    [LoggerMessage(2, LogLevel.Warning, "Storage is writable again. {Count} more writes failed before that.")]
    private partial void LogRecovered(int count);
}
