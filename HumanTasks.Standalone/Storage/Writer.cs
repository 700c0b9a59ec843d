using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// The single writer. Its thread takes every queued unit, runs them in one transaction and completes them when the
/// commit is durable, so under load one flush to disk serves many. If a unit throws, the batch is rolled back and every
/// unit runs again in its own transaction, so that only the faulty one fails.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int MaxBatch = 512;

    private readonly Connection connection;
    private readonly StorageState state;
    private readonly Thread thread;
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim wake = new(false, spinCount: 0);
    private List<Unit> queued = [];
    private bool closed;

    public Writer(Connection connection, StorageState state)
    {
        this.connection = connection;
        this.state = state;
        thread = new Thread(Loop) { IsBackground = true, Name = "SQLite writer" };
        thread.Start();
    }

    /// <summary>
    /// Queues a unit and returns its result once it is durable. A unit may run more than once, so it checks its
    /// conditions before it writes. Once queued it cannot be cancelled.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var unit = new Unit<T>(work);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            queued.Add(unit);
            if (queued.Count == 1)
            {
                wake.Set();
            }
        }

        return unit.Done;
    }

    /// <summary>Writes the queued units, then stops.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            wake.Set();
        }

        thread.Join();
        wake.Dispose();
        connection.Dispose();
    }

    private void Loop()
    {
        var batch = new List<Unit>();
        while (true)
        {
            wake.Wait();
            lock (gate)
            {
                if (queued.Count == 0 && closed)
                {
                    return;
                }

                (batch, queued) = (queued, batch);
                if (!closed)
                {
                    wake.Reset();
                }
            }

            for (var start = 0; start < batch.Count; start += MaxBatch)
            {
                Write(batch.GetRange(start, Math.Min(MaxBatch, batch.Count - start)));
            }

            batch.Clear();
        }
    }

    private void Write(List<Unit> units)
    {
        if (TryWrite(units) is not { } problem)
        {
            state.Succeeded();
            units.ForEach(unit => unit.Complete());
            return;
        }

        if (problem is StorageUnavailableException unavailable)
        {
            // not a unit's fault: running them one by one would fail as well
            state.Failed(unavailable);
            units.ForEach(unit => unit.Fail(unavailable));
            return;
        }

        if (units.Count == 1)
        {
            units[0].Fail(problem);
            return;
        }

        foreach (var unit in units)
        {
            Write([unit]);
        }
    }

    private Exception? TryWrite(List<Unit> units)
    {
        try
        {
            connection.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var unit in units)
            {
                unit.Run(connection);
            }

            connection.Prepare("COMMIT").Run();
            return null;
        }
        catch (Exception problem)
        {
            return Rollback() ?? problem;
        }
    }

    private Exception? Rollback()
    {
        try
        {
            if (connection.InTransaction)
            {
                connection.Rollback();
            }

            return null;
        }
        catch (Exception problem)
        {
            return problem;
        }
    }

    private abstract class Unit
    {
        public abstract void Run(Connection connection);

        public abstract void Complete();

        public abstract void Fail(Exception problem);
    }

    private sealed class Unit<T>(Func<Connection, T> work) : Unit
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T answer = default!;

        public Task<T> Done => done.Task;

        public override void Run(Connection connection) => answer = work(connection);

        public override void Complete() => done.SetResult(answer);

        public override void Fail(Exception problem) => done.SetException(problem);
    }
}
