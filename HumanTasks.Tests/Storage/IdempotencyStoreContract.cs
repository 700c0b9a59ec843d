using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Storage;

/// <summary>What every idempotency store does.</summary>
public abstract class IdempotencyStoreContract : StoreContract
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public async Task The_first_reservation_is_the_one_that_counts()
    {
        var first = await ReserveAsync("key", new Reservation("1", "hash", Some.Start));
        var second = await ReserveAsync("key", new Reservation("2", "another", Some.Start.AddHours(23)));

        Assert.Equal("1", first.Id);
        Assert.Equal(new Reservation("1", "hash", Some.Start), second);
    }

    [Fact]
    public async Task Of_many_at_once_all_come_to_the_same_id()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => ReserveAsync("key", new Reservation($"{i}", "hash", Some.Start)))));

        Assert.Single(all.Select(reservation => reservation.Id).Distinct());
    }

    [Fact]
    public async Task Keys_are_of_their_environment()
    {
        await ReserveAsync("key", new Reservation("1", "hash", Some.Start));

        var other = await Stores.Idempotency.ReserveAsync("globex", "key", new Reservation("2", "hash", Some.Start), Day, None);
        Assert.Equal("2", other.Id);
    }

    [Fact]
    public async Task The_first_answer_is_kept()
    {
        await ReserveAsync("key", new Reservation("1", "hash", Some.Start));
        await Stores.Idempotency.CompleteAsync("acme", "key", new byte[] { 1, 2 }, None);
        await Stores.Idempotency.CompleteAsync("acme", "key", new byte[] { 3 }, None);

        var again = await ReserveAsync("key", new Reservation("2", "hash", Some.Start));
        Assert.Equal([1, 2], again.SealedAnswer!.Value.ToArray());
    }

    [Fact]
    public async Task A_reservation_past_its_lifetime_is_replaced()
    {
        await ReserveAsync("key", new Reservation("1", "hash", Some.Start));
        await Stores.Idempotency.CompleteAsync("acme", "key", new byte[] { 1 }, None);

        var later = await ReserveAsync("key", new Reservation("2", "hash", Some.Start + Day));
        Assert.Equal("2", later.Id);
        Assert.Null((await ReserveAsync("key", new Reservation("3", "hash", Some.Start + Day))).SealedAnswer);
    }

    [Fact]
    public async Task Old_reservations_are_purged_in_bounds()
    {
        for (var i = 0; i < 5; i++)
        {
            await ReserveAsync($"key {i}", new Reservation("old", "hash", Some.Start.AddMinutes(i)));
        }

        Assert.Equal(2, await Stores.Idempotency.PurgeReservationsAsync(Some.Start.AddMinutes(4), 2, None));
        Assert.Equal(2, await Stores.Idempotency.PurgeReservationsAsync(Some.Start.AddMinutes(4), 10, None));
        Assert.Equal(0, await Stores.Idempotency.PurgeReservationsAsync(Some.Start.AddMinutes(4), 10, None));
        Assert.Equal("old", (await ReserveAsync("key 4", new Reservation("new", "hash", Some.Start))).Id);
        Assert.Equal("new", (await ReserveAsync("key 3", new Reservation("new", "hash", Some.Start))).Id);
    }

    private Task<Reservation> ReserveAsync(string key, Reservation proposed) =>
        Stores.Idempotency.ReserveAsync("acme", key, proposed, Day, None);
}
