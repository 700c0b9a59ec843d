using System.Diagnostics;
using HumanTasks.Bench.Http;

namespace HumanTasks.Bench.Load;

/// <summary>Clients that work at the same time, limited by a count or a window and always by a watchdog.</summary>
internal sealed class Crowd(Target target, Sequence sequence, Failures failures, int size) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(90);

    private readonly Client[] _clients = [.. Enumerable.Range(0, size).Select(_ => new Client(target, sequence))];

    public IEnumerable<Resumed> LastResumed => _clients.Select(client => client.LastResumed).OfType<Resumed>();

    public async Task<CrowdResult> CycleAsync(TimeSpan window)
    {
        var started = Stopwatch.GetTimestamp();
        var deadline = started + (long)(window.TotalSeconds * Stopwatch.Frequency);
        var times = _clients.Select(_ => new List<CycleTimes>()).ToArray();
        var inTime = new int[size];

        await AllAsync(window, async (client, index) =>
        {
            if (Stopwatch.GetTimestamp() >= deadline)
            {
                return false;
            }

            times[index].Add(await client.CycleAsync());
            inTime[index] += Stopwatch.GetTimestamp() <= deadline ? 1 : 0;
            return true;
        });

        return new CrowdResult(inTime.Sum(), window, [.. times.SelectMany(of => of)]);
    }

    /// <summary>Leaves that many runs paused; returns some of them and how long creating each took.</summary>
    public async Task<PausedCrowd> PauseAsync(int count, TimeSpan limit, Func<Client, ValueTask<Paused>> create)
    {
        var left = count;
        var started = Stopwatch.GetTimestamp();
        var times = _clients.Select(_ => new List<long>()).ToArray();
        var last = new Paused[size];

        await AllAsync(limit, async (client, index) =>
        {
            if (Interlocked.Decrement(ref left) < 0)
            {
                return false;
            }

            var before = Stopwatch.GetTimestamp();
            last[index] = await create(client);
            times[index].Add(Stopwatch.GetTimestamp() - before);
            return true;
        });

        var elapsed = Stopwatch.GetElapsedTime(started);
        return new PausedCrowd([.. last.OfType<Paused>()], elapsed, [.. times.SelectMany(of => of)]);
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    private async Task AllAsync(TimeSpan limit, Func<Client, int, ValueTask<bool>> step)
    {
        using var watchdog = new CancellationTokenSource(limit + Grace);
        await using var hangUp = watchdog.Token.Register(Dispose);

        await Task.WhenAll(_clients.Select((client, index) => LoopAsync(client, index, step, watchdog.Token)))
            .WaitAsync(limit + (2 * Grace));

        // The clients run on the socket thread (see SocketThread); the code after them must not.
        await Task.Yield();
    }

    private async Task LoopAsync(
        Client client, int index, Func<Client, int, ValueTask<bool>> step, CancellationToken watchdog)
    {
        while (!watchdog.IsCancellationRequested && !failures.TooMany)
        {
            try
            {
                if (!await step(client, index))
                {
                    return;
                }
            }
            catch (Exception failure)
            {
                failures.Add(failure.Message);
            }
        }
    }
}
