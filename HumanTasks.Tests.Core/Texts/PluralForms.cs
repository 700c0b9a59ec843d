using HumanTasks.Core.Texts;

namespace HumanTasks.Tests.Texts;

/// <summary>Which form of a counting text a number needs, by the plural rules of CLDR.</summary>
public sealed class PluralForms
{
    [Theory]
    [InlineData("en", "other one other other other")]
    [InlineData("de", "other one other other other")]
    [InlineData("nl", "other one other other other")]
    [InlineData("fr", "one one other other many")]
    [InlineData("es", "other one other other many")]
    [InlineData("it", "other one other other many")]
    [InlineData("pt", "other one other other many")]
    [InlineData("pl", "many one few many many")]
    [InlineData("ja", "other other other other other")]
    [InlineData("zh-Hans", "other other other other other")]
    [InlineData("ar", "zero one two few other")]
    public void Zero_one_two_five_and_a_million_are_counted_as_each_language_does(string language, string categories) =>
        Assert.Equal(categories.Split(' '), ((long[])[0, 1, 2, 5, 1_000_000]).Select(number => Plurals.Of(language, number)));

    [Theory]
    [InlineData("pl", "few", new long[] { 2, 3, 4, 22, 24, 102, 1_002 })]
    [InlineData("pl", "many", new long[] { 5, 11, 12, 13, 14, 20, 21, 25, 112, 1_000 })]
    [InlineData("ar", "few", new long[] { 3, 10, 103, 110 })]
    [InlineData("ar", "many", new long[] { 11, 12, 99, 111, 199 })]
    [InlineData("ar", "other", new long[] { 100, 101, 102, 200, 1_000 })]
    [InlineData("en", "other", new long[] { 11, 21, 101 })]
    [InlineData("fr", "many", new long[] { 1_000_000, 3_000_000 })]
    [InlineData("fr", "other", new long[] { 2, 1_000, 1_000_001 })]
    [InlineData("de", "one", new long[] { 1, -1 })]
    public void Numbers_fall_into_the_category_of_their_last_digits(string language, string category, long[] numbers) =>
        Assert.All(numbers, number => Assert.Equal(category, Plurals.Of(language, number)));

    [Fact]
    public void A_language_uses_no_category_but_its_own()
    {
        foreach (var language in Languages.All)
        {
            var used = Enumerable.Range(0, 2_000).Select(number => Plurals.Of(language, number)).Append(Plurals.Of(language, 1_000_000)).Distinct();

            Assert.Subset(Plurals.In(language).ToHashSet(), used.ToHashSet());
            Assert.Equal("other", Plurals.In(language)[^1]);
        }
    }
}
