using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// Numbers, dates and moments in readable form, by <see cref="CultureInfo.CurrentCulture"/> unless another culture is
/// given.
/// </summary>
public static class ForPeople
{
    private const int Ungrouped = 10_000;
    private const int Large = 1_000;
    private const int AmountDecimals = 2;

    private static readonly string[] MomentFormats =
        ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
            "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>
    /// Formats a grouped number such as 1,250.50 with its own decimals. A number from 1,000 with one decimal gets two,
    /// like an amount.
    /// </summary>
    public static string Number(decimal number, CultureInfo? culture = null)
    {
        var decimals = number.Scale == 1 && Math.Abs(number) >= Large ? AmountDecimals : number.Scale;
        return number.ToString($"N{decimals}", culture ?? CultureInfo.CurrentCulture);
    }

    /// <summary>
    /// Formats a number without a format. Integers below 10,000 are ungrouped, because they may be years or codes;
    /// other numbers are grouped.
    /// </summary>
    public static string Bare(decimal number, CultureInfo? culture = null) => number.Scale == 0 && Math.Abs(number) < Ungrouped
        ? number.ToString(culture ?? CultureInfo.CurrentCulture)
        : Number(number, culture);

    /// <summary>Formats a date such as <c>2026-12-01</c> as 1 December 2026; null for other texts.</summary>
    public static string? Date(string text, CultureInfo? culture = null) =>
        text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Day(date, culture ?? CultureInfo.CurrentCulture)
            : null;

    /// <summary>Parses a moment with an offset or Z (RFC 3339); null for other texts.</summary>
    public static DateTimeOffset? MomentOf(string text) =>
        text.Length is >= 17 and <= 35
        && DateTimeOffset.TryParseExact(text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    /// <summary>Formats a moment as 22 November 2026, 14:30 UTC.</summary>
    public static string Moment(DateTimeOffset at, CultureInfo? culture = null) => Moment(at, TimeZoneInfo.Utc, culture);

    /// <summary>Formats a moment as 22 November 2026, 14:30:05 UTC.</summary>
    public static string MomentToTheSecond(DateTimeOffset at, CultureInfo culture) =>
        $"{Day(DateOnly.FromDateTime(at.UtcDateTime), culture)}{Punctuation.Of(culture).Clock}{Time(at.UtcDateTime, "UTC", culture, "HH:mm:ss")}";

    /// <summary>Formats a moment with its time zone: 22 November 2026, 15:30 Central European Time.</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone, CultureInfo? culture = null) =>
        Clock(TimeZoneInfo.ConvertTime(at, zone).DateTime, zone, culture ?? CultureInfo.CurrentCulture);

    /// <summary>Formats the local time of a zone with the zone's name.</summary>
    internal static string Clock(DateTime there, TimeZoneInfo zone, CultureInfo culture)
    {
        var clock = Time(there, ZoneNames.Of(zone, DateTime.SpecifyKind(there, DateTimeKind.Unspecified), culture), culture);
        return $"{Day(DateOnly.FromDateTime(there), culture)}{Punctuation.Of(culture).Clock}{clock}";
    }

    /// <summary>Formats the time of day in UTC, as <see cref="Moment(DateTimeOffset, CultureInfo)"/> writes it behind the day.</summary>
    public static string TimeOfDay(DateTimeOffset at, CultureInfo culture) => Time(at.UtcDateTime, "UTC", culture);

    // Chinese names the zone before the time
    private static string Time(DateTime there, string zone, CultureInfo culture, string format = "HH:mm")
    {
        var time = there.ToString(format, CultureInfo.InvariantCulture);
        return culture.TwoLetterISOLanguageName == "zh" ? $"{zone} {time}" : $"{time} {zone}";
    }

    /// <summary>
    /// Formats a value for a table of names and values. Values other than numbers and dates are unchanged.
    /// </summary>
    public static string Format(JsonNode? value, CultureInfo culture) =>
        JsonValues.TryNumber(value, out var number) ? Bare(number, culture)
        : !JsonValues.TryText(value, out var text) ? JsonValues.Format(value)
        : Date(text, culture) ?? (MomentOf(text) is { } at ? Moment(at, culture) : text);

    /// <summary>
    /// Formats a value without a format inside a sentence. Integers are unchanged, because they may be codes; decimals
    /// and dates are formatted.
    /// </summary>
    public static string Prose(JsonNode? value, CultureInfo culture) => JsonValues.TryNumber(value, out var number) && number.Scale == 0
        ? number.ToString(CultureInfo.InvariantCulture)
        : Format(value, culture);

    // French writes the first of a month as an ordinal
    private static string Day(DateOnly date, CultureInfo culture) =>
        date.ToString(date.Day == 1 && culture.TwoLetterISOLanguageName == "fr" ? "d'er' MMMM yyyy" : Languages.DayFormatOf(culture), culture);
}
