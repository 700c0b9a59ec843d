using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// The formats that authors can give to values, in templates (<c>{{amount | number}}</c>) and in <c>show</c>.
/// </summary>
public static partial class ValueFormat
{
    /// <summary>The allowed formats.</summary>
    public const string Choices = "text, number, percent, date, dateTime, currency:EUR";

    private const string Currency = "currency:";
    private const string WithoutDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"; // ISO 4217, minor unit 0
    private const string WithThreeDecimals = "BHD IQD JOD KWD LYD OMR TND"; // minor unit 3
    private const decimal LargestPercent = decimal.MaxValue / 100;

    private static readonly int[] Decimals = [0, 2, 3];

    /// <summary>Returns whether a format is one of <see cref="Choices"/>. Currencies need an ISO 4217 code.</summary>
    public static bool IsKnown(string format) => Known().IsMatch(format);

    /// <summary>
    /// Writes a value in a format; null if the value does not fit. Null and empty texts are written as empty.
    /// </summary>
    public static string? Write(string format, JsonNode? value, Locale locale)
    {
        if (format == "text" || value is null || (JsonValues.TryText(value, out var text) && text.Length == 0))
        {
            return JsonValues.Format(value);
        }

        return format switch
        {
            "date" => TryText(value, out text) ? Day(text, locale) : null,
            "dateTime" => TryText(value, out text) ? Moment(text, locale) : null,
            _ when NumberOf(value) is { } number => Number(format, number, locale.Culture),
            _ => value.GetValueKind() == JsonValueKind.Number ? JsonValues.Format(value) : null, // beyond a decimal
        };
    }

    /// <summary>Returns every form in which a format may write a value in a language, without currency names.</summary>
    internal static IEnumerable<string> EachWay(JsonNode value, Locale locale) =>
        ((string[])["number", "percent", "date", "dateTime"]).Select(format => Write(format, value, locale)).OfType<string>()
            .Concat(NumberOf(value) is { } number ? Decimals.Select(digits => Amount(number, digits, locale.Culture)) : []);

    private static string? Number(string format, decimal number, CultureInfo culture) => format switch
    {
        "number" => ForPeople.Number(number, culture),
        "percent" => Math.Abs(number) <= LargestPercent ? (number * 100).ToString("#,0.##", culture) + Percent(culture) : null,
        _ when format.StartsWith(Currency, StringComparison.Ordinal) => Money(number, format[Currency.Length..], culture),
        _ => null,
    };

    /// <summary>Returns the percent sign, after a space in languages that use one.</summary>
    private static string Percent(CultureInfo culture) => culture.NumberFormat.PercentPositivePattern == 0 ? "\u00a0%" : "%";

    private static string Money(decimal number, string code, CultureInfo culture)
    {
        var digits = WithoutDecimals.Contains(code, StringComparison.Ordinal) ? 0 : WithThreeDecimals.Contains(code, StringComparison.Ordinal) ? 3 : 2;
        return $"{Amount(number, digits, culture)}\u00a0{code}";
    }

    private static string Amount(decimal number, int digits, CultureInfo culture) =>
        number.ToString(FormattableString.Invariant($"N{digits}"), culture);

    // some systems send amounts as text; they are read in JSON notation
    private static decimal? NumberOf(JsonNode value) =>
        JsonValues.TryNumber(value, out var number)
        || (JsonValues.TryText(value, out var text)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            ? number
            : null;

    private static bool TryText(JsonNode value, out string text) => JsonValues.TryText(value, out text);

    private static string? Day(string text, Locale locale) =>
        ForPeople.Date(text, locale.Culture)
        ?? (InZone(text, locale.Zone) is { } at
            ? ForPeople.Date(at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), locale.Culture)
            : null);

    private static string? Moment(string text, Locale locale) =>
        ForPeople.Date(text, locale.Culture)
        ?? (InZone(text, locale.Zone) is { } at ? ForPeople.Clock(at, locale.Zone, locale.Culture) : null);

    /// <summary>Returns the local time in the zone. A text without an offset is already local.</summary>
    private static DateTime? InZone(string text, TimeZoneInfo zone) =>
        Instants.TryRead(text) is { } utc ? TimeZoneInfo.ConvertTimeFromUtc(utc, zone) : Instants.TryReadClock(text);

    [GeneratedRegex(@"\A(text|number|percent|date|dateTime|currency:[A-Z]{3})\z")]
    private static partial Regex Known();
}
