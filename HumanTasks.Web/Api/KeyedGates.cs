namespace HumanTasks.Web.Api;

/// <summary>
/// A lock for each key. A lock exists as long as a caller holds it or waits for it, so that later callers use the same
/// one.
/// </summary>
internal sealed class KeyedGates
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Gate> gates = new(StringComparer.Ordinal);

    /// <summary>The number of keys that are locked or waited for.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return gates.Count;
            }
        }
    }

    /// <summary>Waits for the key's lock. Dispose the result to release it.</summary>
    public async Task<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        Gate entered;
        lock (gate)
        {
            if (!gates.TryGetValue(key, out entered!))
            {
                gates.Add(key, entered = new Gate());
            }

            entered.Users++;
        }

        try
        {
            await entered.Turn.WaitAsync(cancellationToken);
            return new Entered(this, key, entered);
        }
        catch
        {
            Leave(key, entered);
            throw;
        }
    }

    private void Leave(string key, Gate left)
    {
        lock (gate)
        {
            if (--left.Users == 0)
            {
                gates.Remove(key);
            }
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Entered(KeyedGates all, string key, Gate gate) : IDisposable
    {
        public void Dispose()
        {
            gate.Turn.Release();
            all.Leave(key, gate);
        }
    }
}
