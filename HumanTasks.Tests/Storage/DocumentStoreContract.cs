using System.Text;
using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Storage;

/// <summary>What every store of small documents does.</summary>
public abstract class DocumentStoreContract : StoreContract
{
    [Fact]
    public async Task What_was_written_is_found_as_it_was()
    {
        var document = new Document("owner", "a~b.c-d_1", Bytes("body"), ExpiresAt: Sample.Start);

        Assert.True(await Stores.Documents.PutAsync(document, None));

        var found = await Stores.Documents.FindAsync("owner", "a~b.c-d_1", None);
        Assert.Equal("body", Text(found));
        Assert.Equal((1, Sample.Start), (found!.Version, found.ExpiresAt));
        Assert.Null(await Stores.Documents.FindAsync("owner", "another", None));
        Assert.Null(await Stores.Documents.FindAsync("another", "a~b.c-d_1", None));
    }

    [Fact]
    public async Task Only_the_version_that_follows_is_written()
    {
        var first = new Document("owner", "key", Bytes("1"));
        Assert.True(await Stores.Documents.PutAsync(first, None));

        Assert.False(await Stores.Documents.PutAsync(first with { Body = Bytes("again") }, None));
        Assert.True(await Stores.Documents.PutAsync(first.With(Bytes("2")), None));
        Assert.False(await Stores.Documents.PutAsync(first.With(Bytes("late")), None));
        Assert.False(await Stores.Documents.PutAsync(new Document("owner", "none", Bytes("x"), 2), None));

        Assert.Equal("2", Text(await Stores.Documents.FindAsync("owner", "key", None)));
    }

    [Fact]
    public async Task Of_many_at_once_one_writes()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => Stores.Documents.PutAsync(new Document("owner", "key", Bytes($"{i}")), None))));

        Assert.Single(won, true);
    }

    [Fact]
    public async Task A_list_has_those_with_a_prefix_by_key()
    {
        foreach (var key in (string[])["b~2", "a~3", "a~1", "a~2", "a", "a.b~1"])
        {
            await Stores.Documents.PutAsync(new Document("owner", key, Bytes(key)), None);
        }

        await Stores.Documents.PutAsync(new Document("another", "a~0", Bytes("x")), None);

        Assert.Equal(["a~1", "a~2", "a~3"], Keys(await Stores.Documents.ListAsync("owner", "a~", 10, None)));
        Assert.Equal(["a~1", "a~2"], Keys(await Stores.Documents.ListAsync("owner", "a~", 2, None)));
        Assert.Equal(6, (await Stores.Documents.ListAsync("owner", "", 10, None)).Count);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_may_be_made_again()
    {
        var document = new Document("owner", "key", Bytes("1"));
        await Stores.Documents.PutAsync(document, None);

        await Stores.Documents.DeleteAsync("owner", "key", None);
        await Stores.Documents.DeleteAsync("owner", "never", None);

        Assert.Null(await Stores.Documents.FindAsync("owner", "key", None));
        Assert.True(await Stores.Documents.PutAsync(document, None));
    }

    [Fact]
    public async Task Everything_of_an_owner_goes_at_once()
    {
        for (var i = 0; i < 130; i++)
        {
            await Stores.Documents.PutAsync(new Document("owner", $"key-{i}", Bytes("x")), None);
        }

        await Stores.Documents.PutAsync(new Document("another", "key", Bytes("x")), None);

        await Stores.Documents.DeleteOwnerAsync("owner", None);

        Assert.Empty(await Stores.Documents.ListAsync("owner", "", 10, None));
        Assert.Single(await Stores.Documents.ListAsync("another", "", 10, None));
    }

    [Fact]
    public async Task Those_whose_time_is_over_are_purged_in_bounds_and_no_others()
    {
        for (var i = 0; i < 4; i++)
        {
            await Stores.Documents.PutAsync(new Document("owner", $"key-{i}", Bytes("x"), ExpiresAt: Sample.Start.AddMinutes(i)), None);
        }

        await Stores.Documents.PutAsync(new Document("owner", "stays", Bytes("x")), None);
        var prolonged = new Document("owner", "prolonged", Bytes("x"), ExpiresAt: Sample.Start);
        await Stores.Documents.PutAsync(prolonged, None);
        await Stores.Documents.PutAsync(prolonged.With(Bytes("y")) with { ExpiresAt = Sample.Start.AddDays(1) }, None);

        Assert.Equal(2, await Stores.Documents.PurgeDocumentsAsync(Sample.Start.AddMinutes(2), 2, None));
        Assert.Equal(1, await Stores.Documents.PurgeDocumentsAsync(Sample.Start.AddMinutes(2), 10, None));
        Assert.Equal(0, await Stores.Documents.PurgeDocumentsAsync(Sample.Start.AddMinutes(2), 10, None));

        Assert.Equal(["key-3", "prolonged", "stays"], Keys(await Stores.Documents.ListAsync("owner", "", 10, None)));
    }

    [Fact]
    public async Task A_large_body_comes_back_whole()
    {
        var body = new byte[700_000];
        new Random(7).NextBytes(body);
        var document = new Document("owner", "large", body);
        await Stores.Documents.PutAsync(document, None);
        await Stores.Documents.PutAsync(document.With(body.AsMemory(1)), None);

        Assert.Equal(body[1..], (await Stores.Documents.FindAsync("owner", "large", None))!.Body.ToArray());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Text(Document? document) => document is null ? null : Encoding.UTF8.GetString(document.Body.Span);

    private static string[] Keys(IEnumerable<Document> documents) => [.. documents.Select(document => document.Key)];
}
