using HumanTasks.Core.Links;

namespace HumanTasks.Tests.Links;

/// <summary>A link survives what mail clients do to it.</summary>
public sealed class AWornToken
{
    [Theory]
    [InlineData(".")]
    [InlineData(",")]
    [InlineData(")")]
    [InlineData(").")]
    [InlineData(">")]
    [InlineData("]")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData(";")]
    [InlineData("%3E")]
    [InlineData("%29")]
    [InlineData("%E2%80%8B")]
    [InlineData("\u200B")]
    [InlineData("\uFEFF")]
    [InlineData("\u00A0")]
    [InlineData(" ")]
    [InlineData("\r\n")]
    [InlineData("%0D%0A")]
    public void Loses_what_stands_behind_it(string mark) => Assert.Equal("AbC-1_2", WornToken.Clean("AbC-1_2" + mark));

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r\n ")]
    [InlineData("%0A")]
    [InlineData("\u200B")]
    [InlineData("\u00AD")]
    [InlineData(" ")]
    public void Loses_a_break_inside_it(string mark) => Assert.Equal("AbC-1_2", WornToken.Clean($"AbC{mark}-1_2"));

    [Theory]
    [InlineData("=")]
    [InlineData("%3D")]
    [InlineData("/x")]
    [InlineData("+")]
    public void Keeps_what_no_client_adds_so_that_it_is_refused(string rest) => Assert.NotEqual("AbC-1_2", WornToken.Clean("AbC-1_2" + rest));

    [Fact]
    public void That_is_whole_stays_as_it_is() => Assert.Equal("AbC-1_2", WornToken.Clean("AbC-1_2"));
}
