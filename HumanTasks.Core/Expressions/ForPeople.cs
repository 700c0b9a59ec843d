using System.Globalization;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>Numbers, dates and moments as people read them, by <see cref="CultureInfo.CurrentCulture"/> unless another is given.</summary>
public static class ForPeople
{
    private const int Ungrouped = 10_000;
    private const int Large = 1_000;
    private const int AmountDecimals = 2;

    private static readonly string[] MomentFormats =
        ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
            "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>
    /// 1,250.50: grouped, with the decimals that it was given; a large one with a fraction is read as an amount and has
    /// at least two.
    /// </summary>
    public static string Number(decimal number, CultureInfo? culture = null)
    {
        var decimals = number.Scale == 1 && Math.Abs(number) >= Large ? AmountDecimals : number.Scale;
        return number.ToString($"N{decimals}", culture ?? CultureInfo.CurrentCulture);
    }

    /// <summary>
    /// A number of which nobody said what it is: a short whole one may be a year or the number of something and stays as
    /// it is, everything else is grouped.
    /// </summary>
    public static string Bare(decimal number, CultureInfo? culture = null) => number.Scale == 0 && Math.Abs(number) < Ungrouped
        ? number.ToString(culture ?? CultureInfo.CurrentCulture)
        : Number(number, culture);

    /// <summary>1 December 2026, of a text such as <c>2026-12-01</c>; null for another.</summary>
    public static string? Date(string text, CultureInfo? culture = null) =>
        text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Day(date, culture ?? CultureInfo.CurrentCulture)
            : null;

    /// <summary>The moment that a text with an offset or a Z is (RFC 3339); null for another.</summary>
    public static DateTimeOffset? MomentOf(string text) =>
        text.Length is >= 17 and <= 35
        && DateTimeOffset.TryParseExact(text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    /// <summary>22 November 2026, 14:30 UTC.</summary>
    public static string Moment(DateTimeOffset at, CultureInfo? culture = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Day(DateOnly.FromDateTime(at.UtcDateTime), culture ?? CultureInfo.CurrentCulture)}, {at.UtcDateTime:HH:mm} UTC");

    /// <summary>The same in a zone that is named: 22 November 2026, 15:30 Europe/Berlin.</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone, CultureInfo? culture = null) =>
        Clock(TimeZoneInfo.ConvertTime(at, zone).DateTime, zone, culture ?? CultureInfo.CurrentCulture);

    /// <summary>What a clock of a zone shows, with the name of the zone.</summary>
    internal static string Clock(DateTime there, TimeZoneInfo zone, CultureInfo culture) => string.Create(
        CultureInfo.InvariantCulture, $"{Day(DateOnly.FromDateTime(there), culture)}, {there:HH:mm} {NameOf(zone)}");

    /// <summary>A value in a table of values, beside its name; what is no number and no date is as in any text.</summary>
    public static string Format(JsonNode? value, CultureInfo culture) =>
        JsonValues.TryNumber(value, out var number) ? Bare(number, culture)
        : !JsonValues.TryText(value, out var text) ? JsonValues.Format(value)
        : Date(text, culture) ?? (MomentOf(text) is { } at ? Moment(at, culture) : text);

    /// <summary>
    /// A value of which nobody said what it is inside a sentence: a whole number may be a code and stays as it is, decimals
    /// and dates are as people read them.
    /// </summary>
    public static string Prose(JsonNode? value, CultureInfo culture) => JsonValues.TryNumber(value, out var number) && number.Scale == 0
        ? number.ToString(CultureInfo.InvariantCulture)
        : Format(value, culture);

    public static string NameOf(TimeZoneInfo zone) => zone.Id is "Etc/UTC" ? TimeZoneInfo.Utc.Id : zone.Id;

    private static string Day(DateOnly date, CultureInfo culture) => date.ToString(Texts.Languages.DayFormatOf(culture), culture);
}
