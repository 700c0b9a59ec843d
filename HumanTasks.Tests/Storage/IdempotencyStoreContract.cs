using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

/// <summary>What every idempotency store does.</summary>
public abstract class IdempotencyStoreContract : StoreContract
{
    [Fact]
    public async Task A_released_key_takes_the_next_request_under_the_same_id()
    {
        await ReserveAsync("key", new Reservation("1", "hash", Sample.Start));

        await Stores.Idempotency.ReleaseAsync("acme", "key", None);

        Assert.Equal(new Reservation("1", "corrected", Sample.Start), await ReserveAsync("key", new Reservation("2", "corrected", Sample.Start.AddHours(1))));
        Assert.Equal("corrected", (await ReserveAsync("key", new Reservation("3", "another", Sample.Start.AddHours(1)))).RequestHash);
    }

    [Fact]
    public async Task A_key_with_an_answer_is_not_released()
    {
        await ReserveAsync("key", new Reservation("1", "hash", Sample.Start));
        await Stores.Idempotency.CompleteAsync("acme", "key", "answer"u8.ToArray(), None);

        await Stores.Idempotency.ReleaseAsync("acme", "key", None);

        Assert.Equal("hash", (await ReserveAsync("key", new Reservation("2", "other", Sample.Start))).RequestHash);
    }

    [Fact]
    public async Task The_answer_of_a_request_is_there_as_soon_as_its_change_is()
    {
        foreach (var (name, change) in new (string, Func<Run, Task>)[]
        {
            ("create", run => Runs.CreateAsync(Sample.First(run, Sample.Task(run)), null, None)),
            ("commit", async run => await Runs.CommitAsync(Sample.Turn(await StoredAsync(run), new RunState.Cancelled(null)), None)),
            ("task", async run =>
            {
                var task = Sample.Task(run);
                await StoredAsync(run, task);
                await Runs.UpdateTaskAsync(task.Changed(Sample.Start, TaskEventKind.Cancelled), None);
            }),
        })
        {
            var run = Sample.Run();
            var isAsked = name == "create";
            await ReserveAsync(name, new Reservation($"id-{name}", "hash", Sample.Start));
            var kept = new KeptAnswer("acme", name, $"id-{name}", changed => Task.FromResult<ReadOnlyMemory<byte>?>(
                changed.RunId == run.Id && (isAsked || changed.Run?.State is RunState.Cancelled || (changed.Run is null && changed.Tasks.Count == 1))
                    ? (ReadOnlyMemory<byte>?)System.Text.Encoding.UTF8.GetBytes(name)
                    : null));
            KeptAnswer.Current = kept;
            await change(run);
            KeptAnswer.Current = null;

            // the process dies here, before anybody records an answer
            Assert.NotNull(kept.Committed);
            var reservation = await ReserveAsync(name, new Reservation("late", "hash", Sample.Start));
            var answer = reservation.SealedAnswer ?? await Stores.Idempotency.FindKeptAsync(reservation.Id, ["nothing", run.Id], None);
            Assert.Equal(name, System.Text.Encoding.UTF8.GetString(answer!.Value.Span));
        }
    }

    [Fact]
    public async Task A_change_that_is_not_written_keeps_no_answer()
    {
        var run = await StoredAsync(Sample.Run());
        await ReserveAsync("key", new Reservation("1", "hash", Sample.Start));
        var kept = new KeptAnswer("acme", "key", "1", _ => Task.FromResult<ReadOnlyMemory<byte>?>("no"u8.ToArray()));
        KeptAnswer.Current = kept;

        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(Sample.Turn(run with { Version = 7 }, new RunState.Cancelled(null)), None));
        Assert.Equal(CreateResult.AlreadyExists, await Runs.CreateAsync(Sample.First(run with { Version = 0 }), null, None));
        KeptAnswer.Current = null;

        Assert.Null(kept.Committed);
        Assert.Null((await ReserveAsync("key", new Reservation("2", "hash", Sample.Start))).SealedAnswer);
        Assert.Null(await Stores.Idempotency.FindKeptAsync("1", [run.Id], None));
    }

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public async Task The_first_reservation_is_the_one_that_counts()
    {
        var first = await ReserveAsync("key", new Reservation("1", "hash", Sample.Start));
        var second = await ReserveAsync("key", new Reservation("2", "another", Sample.Start.AddHours(23)));

        Assert.Equal("1", first.Id);
        Assert.Equal(new Reservation("1", "hash", Sample.Start), second);
    }

    [Fact]
    public async Task Of_many_at_once_all_come_to_the_same_id()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => ReserveAsync("key", new Reservation($"{i}", "hash", Sample.Start)))));

        Assert.Single(all.Select(reservation => reservation.Id).Distinct());
    }

    [Fact]
    public async Task Keys_are_of_their_environment()
    {
        await ReserveAsync("key", new Reservation("1", "hash", Sample.Start));

        var other = await Stores.Idempotency.ReserveAsync("globex", "key", new Reservation("2", "hash", Sample.Start), Day, None);
        Assert.Equal("2", other.Id);
    }

    [Fact]
    public async Task The_first_answer_is_kept()
    {
        await ReserveAsync("key", new Reservation("1", "hash", Sample.Start));
        await Stores.Idempotency.CompleteAsync("acme", "key", new byte[] { 1, 2 }, None);
        await Stores.Idempotency.CompleteAsync("acme", "key", new byte[] { 3 }, None);

        var again = await ReserveAsync("key", new Reservation("2", "hash", Sample.Start));
        Assert.Equal([1, 2], again.SealedAnswer!.Value.ToArray());
    }

    [Fact]
    public async Task A_reservation_past_its_lifetime_is_replaced()
    {
        await ReserveAsync("key", new Reservation("1", "hash", Sample.Start));
        await Stores.Idempotency.CompleteAsync("acme", "key", new byte[] { 1 }, None);

        var later = await ReserveAsync("key", new Reservation("2", "hash", Sample.Start + Day));
        Assert.Equal("2", later.Id);
        Assert.Null((await ReserveAsync("key", new Reservation("3", "hash", Sample.Start + Day))).SealedAnswer);
    }

    [Fact]
    public async Task Old_reservations_are_purged_in_bounds()
    {
        for (var i = 0; i < 5; i++)
        {
            await ReserveAsync($"key {i}", new Reservation("old", "hash", Sample.Start.AddMinutes(i)));
        }

        Assert.Equal(2, await Stores.Idempotency.PurgeReservationsAsync(Sample.Start.AddMinutes(4), 2, None));
        Assert.Equal(2, await Stores.Idempotency.PurgeReservationsAsync(Sample.Start.AddMinutes(4), 10, None));
        Assert.Equal(0, await Stores.Idempotency.PurgeReservationsAsync(Sample.Start.AddMinutes(4), 10, None));
        Assert.Equal("old", (await ReserveAsync("key 4", new Reservation("new", "hash", Sample.Start))).Id);
        Assert.Equal("new", (await ReserveAsync("key 3", new Reservation("new", "hash", Sample.Start))).Id);
    }

    private Task<Reservation> ReserveAsync(string key, Reservation proposed) =>
        Stores.Idempotency.ReserveAsync("acme", key, proposed, Day, None);
}
