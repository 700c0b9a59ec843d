using HumanTasks.Web.Api;

namespace HumanTasks.Tests.Security;

/// <summary>Requests under one idempotency key, one at a time, however many come and go.</summary>
public sealed class StandingAtAGate
{
    [Fact]
    public async Task Of_very_many_at_once_never_two_are_inside()
    {
        var gates = new KeyedGates();
        var inside = 0;
        var most = 0;
        var passed = 0;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                using (await gates.EnterAsync("key", CancellationToken.None))
                {
                    var now = Interlocked.Increment(ref inside);
                    most = Math.Max(most, now);
                    if (i % 3 == 0)
                    {
                        await Task.Yield(); // lets others come while somebody is inside and others wait
                    }

                    Interlocked.Increment(ref passed);
                    Interlocked.Decrement(ref inside);
                }
            }
        })));

        Assert.Equal(1, most);
        Assert.Equal(64 * 300, passed);
        Assert.Equal(0, gates.Count);
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_the_gate_as_it_was()
    {
        var gates = new KeyedGates();
        var first = await gates.EnterAsync("key", CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var waiting = gates.EnterAsync("key", impatient.Token);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, gates.Count);
        first.Dispose();
        Assert.Equal(0, gates.Count);
        using var next = await gates.EnterAsync("key", CancellationToken.None);
    }

    [Fact]
    public async Task Different_keys_do_not_wait_for_each_other()
    {
        var gates = new KeyedGates();

        using var one = await gates.EnterAsync("one", CancellationToken.None);
        using var other = await gates.EnterAsync("other", CancellationToken.None);

        Assert.Equal(2, gates.Count);
    }
}
