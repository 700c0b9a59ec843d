using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;

namespace HumanTasks.Tests.Forms;

public sealed class ANumberThatSomebodyTypes
{
    public static TheoryData<string> OurLanguages() => [.. Languages.All];

    [Theory]
    [MemberData(nameof(OurLanguages))]
    public void Means_what_the_language_of_its_page_makes_of_it(string language)
    {
        var numbers = NumberTable.Of(language);

        foreach (var row in TypedNumbers.All.Where(row => row.Languages.Contains(language)))
        {
            decimal[] read = numbers.Read(row.Typed, row.Thousandths) switch
            {
                TypedNumber.One one => [one.Value],
                TypedNumber.Two two => [two.Fraction, two.Thousands],
                _ => [],
            };
            Assert.True(row.Numbers.SequenceEqual(read), $"'{row.Typed}' was read as [{string.Join("; ", read)}] in {language}.");
        }
    }

    [Theory]
    [MemberData(nameof(OurLanguages))]
    public void Is_read_again_as_it_was_shown(string language)
    {
        var numbers = NumberTable.Of(language);

        foreach (var number in (decimal[])
            [0, 7, -7, 0.5m, 0.125m, 1.25m, 1.255m, 1.250m, -12.345m, 999.999m, 1000m, 1250m, 1250.5m, 1250.125m, 12345.678m, 1234567.891m, 0.0000001m, decimal.MaxValue, decimal.MinValue])
        {
            foreach (var thousandths in (bool[])[false, true])
            {
                Assert.Equal(new TypedNumber.One(number), numbers.Read(numbers.Write(number, thousandths), thousandths));
            }

            if (decimal.Round(number, 2) == number)
            {
                var shown = ForPeople.Number(decimal.Round(number, 2), Languages.CultureOf(language));
                Assert.True(numbers.Read(shown, thousandths: false) is TypedNumber.One one && one.Value == number, $"{shown} of a {language} page is not read as {number}.");
            }
        }
    }

    [Theory]
    [InlineData("0.001", true)]
    [InlineData("0.0005", true)]
    [InlineData("0.125", true)]
    [InlineData("0.25", false)]
    [InlineData("5", false)]
    [InlineData("1.500", false)]
    public void Is_no_doubt_where_its_field_asks_for_three_decimals(string step, bool expected) => Assert.Equal(
        expected,
        new Field.Number { Name = "n", Label = "N", Step = decimal.Parse(step, System.Globalization.CultureInfo.InvariantCulture) }.HasThousandths);
}
