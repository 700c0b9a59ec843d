using HumanTasks.Core.Links;

namespace HumanTasks.Tests.Links;

public sealed class AMark
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] OtherKey = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];
    private static readonly LinkTokens Tokens = new(new LinkKeyRing([Key]));

    [Theory]
    [InlineData("form", "some text")]
    [InlineData("", "")]
    [InlineData("form", "Grüße 🎉\n")]
    public void Is_known_again(string purpose, string text) =>
        Assert.True(Tokens.IsMark(purpose, text, Tokens.Mark(purpose, text)));

    [Fact]
    public void Is_for_one_purpose_and_one_text()
    {
        var mark = Tokens.Mark("form", "text");

        Assert.False(Tokens.IsMark("code", "text", mark));
        Assert.False(Tokens.IsMark("form", "text ", mark));
        Assert.False(Tokens.IsMark("form", "", mark));
    }

    [Fact]
    public void Bent_or_cut_it_is_none()
    {
        var mark = Tokens.Mark("form", "text");
        for (var i = 0; i < mark.Length; i++)
        {
            Assert.False(Tokens.IsMark("form", "text", mark[..i]));
            Assert.False(Tokens.IsMark("form", "text", $"{mark[..i]}{(mark[i] == 'x' ? 'y' : 'x')}{mark[(i + 1)..]}"));
        }

        Assert.False(Tokens.IsMark("form", "text", mark + "A"));
        Assert.False(Tokens.IsMark("form", "text", " " + mark));
        Assert.False(Tokens.IsMark("form", "text", mark[..8].ToUpperInvariant() + "\n" + mark[8..]));
        Assert.False(Tokens.IsMark("form", "text", new string('a', 10_000_000)));
    }

    [Fact]
    public void Has_one_spelling_only()
    {
        var mark = Tokens.Mark("form", "text");
        var shouted = mark[..8].ToUpperInvariant() + mark[8..];

        Assert.Equal(shouted == mark, Tokens.IsMark("form", "text", shouted));
    }

    [Fact]
    public void Lives_as_long_as_its_key()
    {
        var mark = Tokens.Mark("form", "text");

        Assert.True(new LinkTokens(new LinkKeyRing([OtherKey, Key])).IsMark("form", "text", mark));
        Assert.False(new LinkTokens(new LinkKeyRing([OtherKey])).IsMark("form", "text", mark));
    }
}
