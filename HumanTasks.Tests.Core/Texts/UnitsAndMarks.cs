using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Texts;

namespace HumanTasks.Tests.Texts;

public sealed class UnitsAndMarks
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("en", "1 December 2026, 13:30 Central European Time")]
    [InlineData("de", "1. Dezember 2026, 13:30 Mitteleuropäische Zeit")]
    [InlineData("fr", "1er décembre 2026, 13:30 heure d’Europe centrale")]
    [InlineData("es", "1 de diciembre de 2026, 13:30 hora de Europa central")]
    [InlineData("it", "1 dicembre 2026, 13:30 Ora dell’Europa centrale")]
    [InlineData("nl", "1 december 2026, 13:30 Midden-Europese tijd")]
    [InlineData("pl", "1 grudnia 2026, 13:30 czas środkowoeuropejski")]
    [InlineData("pt", "1 de dezembro de 2026, 13:30 Hora da Europa Central")]
    [InlineData("ja", "2026年12月1日 13:30 中央ヨーロッパ時間")]
    [InlineData("zh-Hans", "2026年12月1日 中欧时间 13:30")]
    [InlineData("ar", "1 ديسمبر 2026، 13:30 توقيت وسط أوروبا")]
    public void A_moment_names_its_zone_in_the_words_of_the_language(string language, string expected)
    {
        var culture = Languages.CultureOf(language);
        var at = new DateTimeOffset(2026, 12, 1, 12, 30, 0, TimeSpan.Zero);

        Assert.Equal(expected, ForPeople.Moment(at, Berlin, culture));
        Assert.Equal(expected, ValueFormat.Write("dateTime", JsonValue.Create("2026-12-01T12:30:00Z"), new Locale(culture, Berlin)));
    }

    [Theory]
    [InlineData("en", "1 December 2026, 12:30 UTC")]
    [InlineData("fr", "1er décembre 2026, 12:30 UTC")]
    [InlineData("ja", "2026年12月1日 12:30 UTC")]
    [InlineData("zh-Hans", "2026年12月1日 UTC 12:30")]
    [InlineData("ar", "1 ديسمبر 2026، 12:30 UTC")]
    public void A_moment_without_a_zone_is_in_utc(string language, string expected) =>
        Assert.Equal(expected, ForPeople.Moment(new DateTimeOffset(2026, 12, 1, 12, 30, 0, TimeSpan.Zero), Languages.CultureOf(language)));

    [Theory]
    [InlineData("2026-12-01", "1er décembre 2026")]
    [InlineData("2026-12-02", "2 décembre 2026")]
    [InlineData("2026-12-11", "11 décembre 2026")]
    public void Only_the_first_of_a_month_is_an_ordinal_in_french(string day, string expected) =>
        Assert.Equal(expected, ForPeople.Date(day, Languages.CultureOf("fr")));

    [Theory]
    [InlineData("Asia/Kolkata", "India Standard Time")]
    [InlineData("Europe/Kyiv", "Eastern European Time")]
    [InlineData("America/New_York", "Eastern Time")]
    [InlineData("UTC", "UTC")]
    [InlineData("Etc/UTC", "UTC")]
    [InlineData("Etc/GMT+5", "UTC-05:00")]
    public void A_zone_is_named_in_words(string zone, string expected) => Assert.Equal(
        expected, ZoneNames.Of(TimeZoneInfo.FindSystemTimeZoneById(zone), new DateTime(2026, 12, 1), Languages.CultureOf("en")));

    [Fact]
    public void A_zone_without_a_name_is_told_by_its_city_and_offset() => Assert.Equal(
        "New Place (UTC+05:30)",
        ZoneNames.Of(TimeZoneInfo.CreateCustomTimeZone("Nowhere/New_Place", new TimeSpan(5, 30, 0), null, null), new DateTime(2026, 12, 1), Languages.CultureOf("de")));

    [Theory]
    [InlineData("en", "14 B", "1.5 kB", "10 MB", "2.5 MB")]
    [InlineData("de", "14 Byte", "1,5 kB", "10 MB", "2,5 MB")]
    [InlineData("fr", "14\u00a0o", "1,5\u00a0ko", "10\u00a0Mo", "2,5\u00a0Mo")]
    [InlineData("es", "14 B", "1,5 kB", "10 MB", "2,5 MB")]
    [InlineData("it", "14 byte", "1,5 kB", "10 MB", "2,5 MB")]
    [InlineData("nl", "14 byte", "1,5 kB", "10 MB", "2,5 MB")]
    [InlineData("pl", "14 B", "1,5 kB", "10 MB", "2,5 MB")]
    [InlineData("pt", "14 byte", "1,5 kB", "10 MB", "2,5 MB")]
    [InlineData("ja", "14 byte", "1.5 KB", "10 MB", "2.5 MB")]
    [InlineData("zh-Hans", "14 B", "1.5 kB", "10 MB", "2.5 MB")]
    [InlineData("ar", "14 بايت", "1.5 كيلوبايت", "10 م.ب", "2.5 م.ب")]
    public void A_size_has_the_units_of_the_language(string language, params string[] expected)
    {
        var culture = Languages.CultureOf(language);

        Assert.Equal(expected, new long[] { 14, 1536, 10 << 20, 2560 << 10 }.Select(bytes => ByteSize.Of(bytes, culture)));
    }

    [Theory]
    [InlineData("en", "a, b", "a: 1; b: 2")]
    [InlineData("de", "a, b", "a: 1; b: 2")]
    [InlineData("fr", "a, b", "a\u00a0: 1\u00a0; b\u00a0: 2")]
    [InlineData("es", "a, b", "a: 1; b: 2")]
    [InlineData("it", "a, b", "a: 1; b: 2")]
    [InlineData("nl", "a, b", "a: 1; b: 2")]
    [InlineData("pl", "a, b", "a: 1; b: 2")]
    [InlineData("pt", "a, b", "a: 1; b: 2")]
    [InlineData("ja", "a、b", "a：1；b：2")]
    [InlineData("zh-Hans", "a、b", "a：1；b：2")]
    [InlineData("ar", "a، b", "a: 1؛ b: 2")]
    public void A_list_has_the_separators_of_the_language(string language, string items, string pairs)
    {
        CultureInfo.CurrentCulture = Languages.CultureOf(language);

        Assert.Equal(items, Punctuation.List(["a", "b"]));
        Assert.Equal(pairs, Punctuation.List([("a", "1"), ("b", "2")]));
    }
}
