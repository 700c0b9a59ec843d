using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Tests.Expressions;

public sealed class AValueForPeople
{
    [Theory]
    [InlineData("1250.5", "1,250.50")]
    [InlineData("1250.50", "1,250.50")]
    [InlineData("0.95", "0.95")]
    [InlineData("4.5", "4.5")]
    [InlineData("2026", "2026")]
    [InlineData("125000", "125,000")]
    [InlineData("-1250.125", "-1,250.125")]
    [InlineData("\"2026-12-01\"", "1 December 2026")]
    [InlineData("\"2026-12-01T14:30:00+01:00\"", "1 December 2026, 13:30 UTC")]
    [InlineData("\"2026-13-01\"", "2026-13-01")]
    [InlineData("\"1250.5\"", "1250.5")]
    [InlineData("true", "true")]
    public void Reads_by_its_kind(string json, string expected) =>
        Assert.Equal(expected, ForPeople.Format(JsonNode.Parse(json), CultureInfo.GetCultureInfo("en")));

    [Fact]
    public void Follows_the_language_of_the_page()
    {
        Assert.Equal("1.250,50", ForPeople.Format(JsonNode.Parse("1250.5"), CultureInfo.GetCultureInfo("de")));
        Assert.Equal("1. Dezember 2026", ForPeople.Format(JsonNode.Parse("\"2026-12-01\""), CultureInfo.GetCultureInfo("de")));
    }
}
