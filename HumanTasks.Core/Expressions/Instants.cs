using System.Globalization;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// Moments with an offset from UTC, in every RFC 3339 notation, and without seconds as browsers send them.
/// </summary>
public static partial class Instants
{
    private const int ShortestLength = 17; // 2026-11-22T14:30Z
    private const int DigitsOfTicks = 7;

    private static readonly string[] ClockFormats =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>Returns the moment in UTC; null if the text is not a moment or has no offset.</summary>
    public static DateTime? TryRead(string text)
    {
        if (text.Length < ShortestLength || Pattern().Match(text) is not { Success: true } parts)
        {
            return null;
        }

        int Number(string group) => parts.Groups[group] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
        if (!DateTime.TryParseExact(parts.Groups["minute"].Value.Replace('t', 'T').Replace(' ', 'T'), "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var minute))
        {
            return null;
        }

        var offset = new TimeSpan(Number("hours"), Number("minutes"), 0);
        var ticks = minute.Ticks - (parts.Groups["sign"].Value == "-" ? -offset.Ticks : offset.Ticks);
        if (Number("second") is var second && second == 60 && ticks % TimeSpan.TicksPerDay != TimeSpan.TicksPerDay - TimeSpan.TicksPerMinute)
        {
            return null; // A leap second is the last second of a UTC day. Here it becomes the first second of the next day.
        }

        ticks += (second * TimeSpan.TicksPerSecond) + int.Parse(
            parts.Groups["fraction"].Value.PadRight(DigitsOfTicks, '0')[..DigitsOfTicks], CultureInfo.InvariantCulture);
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
    }

    /// <summary>
    /// Reads a local time without an offset, as browsers send it: <c>2026-11-22T14:30</c>. Returns null for other
    /// texts.
    /// </summary>
    public static DateTime? TryReadClock(string text) =>
        DateTime.TryParseExact(text, ClockFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? local : null;

    /// <summary>Writes a moment as 2026-11-22T14:30:00Z, with up to seven decimals of a second.</summary>
    public static string Write(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A(?<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2})(?::(?<second>[0-5][0-9]|60)(?:\.(?<fraction>[0-9]+))?)?"
        + @"(?:[Zz]|(?<sign>[+-])(?<hours>[01][0-9]|2[0-3])(?::?(?<minutes>[0-5][0-9]))?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
