using System.Globalization;

namespace HumanTasks.Core.Forms;

/// <summary>
/// Regular expressions for the dates, times and moments from one to another, since JSON Schema has bounds for numbers only. They
/// take for granted that a text has the right shape, and know only what .NET, JavaScript and others read alike.
/// </summary>
internal static class RangePattern
{
    /// <summary>How far a clock may be from UTC, rounded up to whole days and to one more, so that days can be compared.</summary>
    private const int DaysOfOffsets = 2;

    /// <summary>The patterns that a value matches from the one to the other; null for no bound.</summary>
    public static IEnumerable<string> Of(MomentKind kind, string? min, string? max, bool open = false)
    {
        if (min is not null)
        {
            yield return kind == MomentKind.DateTime
                ? Moment(AtLeast(min.TrimEnd('Z'), open), Shifted(min, DaysOfOffsets) is { } day ? AtLeast(day, open: false) : null)
                : $"^{AtLeast(min, open)}$";
        }

        if (max is not null)
        {
            yield return kind == MomentKind.DateTime
                ? Moment(AtMost(max.TrimEnd('Z'), open), Shifted(max, -DaysOfOffsets) is { } day ? AtMost(day, open: false) + ".*" : null)
                : $"^{AtMost(max, open)}$";
        }
    }

    // in UTC it is exact; with another offset only what lies apart from the bound by more than any offset is sure
    private static string Moment(string inUtc, string? apart) =>
        apart is null ? $"^{inUtc}[Zz]$" : $"^(?:{inUtc}[Zz]|{apart}[+-][0-9:]+)$";

    private static string? Shifted(string moment, int days)
    {
        var day = DateOnly.ParseExact(moment[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var number = day.DayNumber + days;
        return number < DateOnly.MinValue.DayNumber || number > DateOnly.MaxValue.DayNumber ? null
            : DateOnly.FromDayNumber(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string AtLeast(string bound, bool open)
    {
        var least = bound.EndsWith(":00", StringComparison.Ordinal) && !open ? bound[..^3] : bound; // 14:30 is 14:30:00
        var pattern = open ? More(bound) : ".*";
        for (var i = least.Length - 1; i >= 0; i--)
        {
            var digit = least[i];
            pattern = !char.IsAsciiDigit(digit) ? Mark(digit) + pattern
                : digit == '9' ? $"9{pattern}"
                : $"(?:{Digits((char)(digit + 1), '9')}.*|{digit}{pattern})";
        }

        return pattern;
    }

    private static string AtMost(string bound, bool open)
    {
        var hasParts = bound.Contains('.', StringComparison.Ordinal);
        var pattern = !bound.Contains(':', StringComparison.Ordinal) ? open ? "(?!)" : ""
            : open ? "(?!)"
            : hasParts ? "0*" : @"(?:\.0+)?";
        for (var i = bound.Length - 1; i >= 0; i--)
        {
            var digit = bound[i];
            var mayEnd = digit == '.' || (digit == ':' && bound.LastIndexOf(':') == i && bound.Count(character => character == ':') == 2);
            pattern = mayEnd ? Ended(digit, pattern, open && IsZero(bound[(i + 1)..]))
                : !char.IsAsciiDigit(digit) ? Mark(digit) + pattern
                : digit == '0' ? $"0{pattern}"
                : $"(?:{Digits('0', (char)(digit - 1))}.*|{digit}{pattern})";
        }

        return pattern;
    }

    // what ends before the seconds, or before their parts, has none of them; that is less unless the bound has none either
    private static string Ended(char mark, string pattern, bool isBound) => isBound ? Mark(mark) + pattern : $"(?:{Mark(mark)}{pattern})?";

    private static bool IsZero(string digits) => digits.All(digit => digit is '0' or '.');

    // beyond the bound itself: parts of a second that it does not have
    private static string More(string bound) => !bound.Contains(':', StringComparison.Ordinal) ? "(?!)"
        : bound.Contains('.', StringComparison.Ordinal) ? "[0-9]*[1-9][0-9]*" : @"\.[0-9]*[1-9][0-9]*";

    private static string Mark(char mark) => mark switch { '.' => @"\.", 'T' => "[Tt ]", _ => mark.ToString() };

    private static string Digits(char from, char to) => from == to ? from.ToString() : $"[{from}-{to}]";
}
