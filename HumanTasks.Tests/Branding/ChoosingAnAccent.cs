using HumanTasks.Web.Branding;

namespace HumanTasks.Tests.Branding;

/// <summary>An accent colour is read in light and in dark, whatever was chosen.</summary>
public sealed class ChoosingAnAccent
{
    [Theory]
    [InlineData("#000000", 21)]
    [InlineData("#ffffff", 1)]
    [InlineData("#767676", 4.54)]
    public void Contrast_is_that_of_WCAG(string colour, double toWhite) =>
        Assert.Equal(toWhite, AccentColor.Parse(colour)!.Value.ContrastTo(new AccentColor(255, 255, 255)), 2);

    [Fact]
    public void Every_colour_has_a_readable_neighbour_and_a_light_one_for_the_dark()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var colour = new AccentColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));

            Assert.True(colour.Readable.IsReadable);
            Assert.Equal(colour.IsReadable, colour.Readable == colour);
            Assert.True(colour.ForDark.ContrastTo(new AccentColor(0x16, 0x1b, 0x22)) >= AccentColor.Least);
            Assert.True(colour.ForDark.ContrastTo(AccentColor.InkForDark) >= AccentColor.Least);
            Assert.True(colour.Readable.Strong.ContrastTo(new AccentColor(255, 255, 255)) >= AccentColor.Least);
        }
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    [InlineData("#1234567")]
    [InlineData("# 12345")]
    [InlineData(null)]
    public void What_is_no_colour_is_none(string? text) => Assert.Null(AccentColor.Parse(text));
}
