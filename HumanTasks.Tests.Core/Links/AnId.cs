using HumanTasks.Core;

namespace HumanTasks.Tests.Links;

public sealed class AnId
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Has_26_characters_that_need_no_escaping() => Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", Ids.New(At));

    [Fact]
    public void Sorts_by_its_time()
    {
        DateTimeOffset[] times =
        [
            DateTimeOffset.UnixEpoch, At.AddMilliseconds(-1), At, At.AddMilliseconds(1), At.AddDays(1),
            DateTimeOffset.MaxValue,
        ];
        var ids = times.Select(Ids.New).ToArray();

        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Is_never_the_same_twice() =>
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => Ids.New(At)).Distinct().Count());

    [Fact]
    public void Derived_is_the_same_for_the_same_and_another_for_another()
    {
        var id = Ids.New(At);
        var derived = Ids.Derive(id, "continuation");

        Assert.Equal(derived, Ids.Derive(id, "continuation"));
        Assert.NotEqual(derived, Ids.Derive(id, "continuation2"));
        Assert.NotEqual(derived, Ids.Derive(Ids.New(At), "continuation"));
        Assert.NotEqual(derived, id);
        Assert.True(Ids.IsId(derived));
    }

    [Fact]
    public void Derived_is_as_old_as_what_it_comes_from()
    {
        var derived = Ids.Derive(Ids.New(At), "x");

        Assert.True(string.CompareOrdinal(Ids.New(At.AddMilliseconds(-1)), derived) < 0);
        Assert.True(string.CompareOrdinal(Ids.New(At.AddMilliseconds(1)), derived) > 0);
    }

    [Fact]
    public void Is_read_back_to_the_last_bit()
    {
        var bytes = new byte[Ids.ByteLength];
        bytes.AsSpan().Fill(0xFF);

        Assert.Equal("7zzzzzzzzzzzzzzzzzzzzzzzzz", Ids.Encode(bytes));
        Assert.Equal("00000000000000000000000000", Ids.Encode(new byte[16]));
        var id = Ids.New(At);
        Assert.True(Ids.TryDecode(id, bytes));
        Assert.Equal(id, Ids.Encode(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7zzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("7zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("80000000000000000000000000")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("0000000000000000000000000i")]
    [InlineData("0000000000000000000000000l")]
    [InlineData("0000000000000000000000000o")]
    [InlineData("0000000000000000000000000u")]
    [InlineData("0000000000000000000000000-")]
    [InlineData("0000000000000000000000000/")]
    [InlineData("../../../../../etc/passwd0")]
    [InlineData("000000000000000000000000é0")]
    [InlineData("٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠")]
    [InlineData("0000000000000 000000000000")]
    public void Garbage_is_none(string text)
    {
        Assert.False(Ids.IsId(text));
        Assert.Throws<ArgumentException>(() => Ids.Derive(text, "x"));
    }
}
