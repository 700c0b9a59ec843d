namespace HumanTasks.Web.Api;

/// <summary>
/// One at a time for each key. A gate lives as long as somebody is in it or waits for it, so that whoever comes stands at
/// the same gate as those who are there.
/// </summary>
internal sealed class KeyedGates
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Gate> gates = new(StringComparer.Ordinal);

    /// <summary>How many keys have somebody in or before their gate.</summary>
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

    /// <summary>Waits for the key; dispose what it answers to let the next one in.</summary>
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
