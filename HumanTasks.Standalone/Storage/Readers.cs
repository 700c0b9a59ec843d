using System.Collections.Concurrent;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// A pool of connections for reading beside the writer. Reads are short and run on the caller's thread.
/// </summary>
internal sealed class Readers(string path, Action<string> onDamage) : IDisposable
{
    private readonly SemaphoreSlim free = new(MaxConnections);
    private readonly ConcurrentBag<Connection> idle = [];

    private static int MaxConnections => Math.Max(4, 2 * Environment.ProcessorCount);

    public async Task<T> ReadAsync<T>(Func<Connection, T> read, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            var connection = idle.TryTake(out var used) ? used : Connection.OpenToRead(path, onDamage);
            try
            {
                return read(connection);
            }
            finally
            {
                idle.Add(connection);
            }
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        free.Dispose();
    }
}
