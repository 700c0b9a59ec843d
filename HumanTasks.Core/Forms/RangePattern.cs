using System.Globalization;

namespace HumanTasks.Core.Forms;

/// <summary>
/// Regular expressions for ranges of dates, times and moments, because JSON Schema has bounds only for numbers. They
/// assume that the text is well-formed and use only syntax with the same meaning in .NET, JavaScript and other engines.
/// </summary>
internal static class RangePattern
{
    /// <summary>The largest offset from UTC, rounded up to whole days plus one, for comparing days.</summary>
    private const int DaysOfOffsets = 2;

    /// <summary>Returns the patterns that a value between two bounds matches; a null bound is open.</summary>
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

    // In UTC the pattern is exact. With another offset it is certain only beyond the largest offset from the bound.
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

    // Without seconds, or fractions of them, a value is less than the bound, unless the bound has none either.
    private static string Ended(char mark, string pattern, bool isBound) => isBound ? Mark(mark) + pattern : $"(?:{Mark(mark)}{pattern})?";

    private static bool IsZero(string digits) => digits.All(digit => digit is '0' or '.');

    // Matches fractions of a second beyond the bound itself.
    private static string More(string bound) => !bound.Contains(':', StringComparison.Ordinal) ? "(?!)"
        : bound.Contains('.', StringComparison.Ordinal) ? "[0-9]*[1-9][0-9]*" : @"\.[0-9]*[1-9][0-9]*";

    private static string Mark(char mark) => mark switch { '.' => @"\.", 'T' => "[Tt ]", _ => mark.ToString() };

    private static string Digits(char from, char to) => from == to ? from.ToString() : $"[{from}-{to}]";
}
