using System.Text.RegularExpressions;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// Finds the addresses in a template: bare addresses, addresses in angle brackets, and the targets of Markdown links,
/// images and reference definitions. In the searched text, <see cref="Value"/> stands for each value.
/// </summary>
internal static partial class Addresses
{
    /// <summary>The placeholder for a value.</summary>
    public const char Value = '\0';

    private const int LongestLabel = 1000;
    private const string Trailing = "?!.,:;*_~'";

    /// <summary>Returns the whole text as one address.</summary>
    public static List<Address> Whole(string text) => [new Address(0, text.Length, AddressKind.Whole)];

    /// <summary>Returns the addresses in a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="beginsOne">
    /// Returns the value at an index if it is an address, which continues after it; otherwise null.
    /// </param>
    public static List<Address> InText(string text, Func<int, string?> beginsOne) => [.. Bare(text, [], beginsOne)];

    /// <summary>Returns the addresses in a Markdown text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="beginsOne">
    /// Returns the value at an index if it is an address, which continues after it; otherwise null.
    /// </param>
    public static List<Address> InMarkdown(string text, Func<int, string?> beginsOne)
    {
        List<Address> marked = [];
        var targets = Targets().Matches(text).Concat(Definitions().Matches(text)).Select(match => Of(match, AddressKind.Target));
        foreach (var address in targets.Concat(Angles().Matches(text).Select(match => Of(match, AddressKind.Angle))).OrderBy(address => address.Start))
        {
            if (address.End > address.Start && (marked.Count == 0 || marked[^1].End <= address.Start))
            {
                marked.Add(address);
            }
        }

        return [.. marked.Concat(Bare(text, marked, beginsOne)).OrderBy(address => address.Start)];

        static Address Of(Match match, AddressKind kind) =>
            new(match.Groups["at"].Index, match.Groups["at"].Index + match.Groups["at"].Length, kind);
    }

    /// <summary>Returns whether a position is in the label of a Markdown link.</summary>
    public static bool IsInLabel(string markdown, int place)
    {
        var depth = 0;
        for (var i = place; i < Math.Min(markdown.Length, place + LongestLabel); i++)
        {
            switch (markdown[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    depth++;
                    break;
                case ']' when depth > 0:
                    depth--;
                    break;
                case ']':
                    return i + 1 < markdown.Length && markdown[i + 1] is '(' or '[';
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>Returns whether a position may be in code, where escapes would be visible.</summary>
    public static bool MayBeInCode(string markdown, int place)
    {
        var begin = place == 0 ? 0 : markdown.LastIndexOf('\n', place - 1) + 1;
        var end = markdown.IndexOf('\n', place) is var next and >= 0 ? next : markdown.Length;
        var line = markdown[begin..end];
        return line.Contains('`', StringComparison.Ordinal)
            || line.StartsWith("    ", StringComparison.Ordinal)
            || line.StartsWith('\t')
            || Fences().Count(markdown.AsSpan(0, begin)) % 2 == 1;
    }

    private static IEnumerable<Address> Bare(string text, List<Address> marked, Func<int, string?> beginsOne)
    {
        var starts = Starts().Matches(text).Select(match => match.Index)
            .Concat(Values().Matches(text).Select(match => match.Index))
            .Order();
        var (done, next) = (0, 0);
        foreach (var start in starts)
        {
            while (next < marked.Count && marked[next].End <= start)
            {
                next++;
            }

            var limit = next < marked.Count ? marked[next].Start : text.Length;
            if (start < done || start >= limit)
            {
                continue;
            }

            var goesOn = text[start] != Value || text.AsSpan(start + 1).StartsWith("://", StringComparison.Ordinal);
            if (!goesOn && beginsOne(start) is { } value)
            {
                goesOn = GoesOn(text.AsSpan(start + 1), value);
                done = start + 1;
                if (!goesOn)
                {
                    yield return new Address(start, done, AddressKind.Bare);
                }
            }

            if (goesOn)
            {
                done = Trimmed(text, start, EndOf(text, start, limit));
                yield return new Address(start, done, AddressKind.Bare);
            }
        }
    }

    private static bool GoesOn(ReadOnlySpan<char> rest, string value) => rest switch
    {
        ['/' or '?' or '#' or '&' or '=', ..] => true,
        [':', Value or (>= '0' and <= '9'), ..] => true,
        [Value, ..] => value[^1] is '/' or '?' or '#' or '&' or '=',
        _ => false,
    };

    private static int EndOf(string text, int start, int limit)
    {
        var (round, square) = (0, 0);
        for (var i = start; i < limit; i++)
        {
            switch (text[i])
            {
                case Value:
                    break;
                case '<' or '>' or '"' or '`' or '|':
                    return i;
                case '(':
                    round++;
                    break;
                case ')' when --round < 0:
                    return i;
                case '[':
                    square++;
                    break;
                case ']' when --square < 0:
                    return i;
                case var other when char.IsWhiteSpace(other) || char.IsControl(other) || IsForeignMark(other):
                    return i;
                default:
                    break;
            }
        }

        return limit;
    }

    // for example the Chinese full stop, and quotation marks
    private static bool IsForeignMark(char character) => character >= '\u0080'
        && !char.IsLetterOrDigit(character) && !char.IsSurrogate(character) && !char.IsBetween(character, '\u0300', '\u036f');

    private static int Trimmed(string text, int start, int end)
    {
        while (end > start + 1 && Trailing.Contains(text[end - 1], StringComparison.Ordinal))
        {
            end--;
        }

        return end;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:mailto:|www\.)|(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Starts();

    // [label](address), [label](<address>), each optionally with a quoted title
    [GeneratedRegex("""(?<!\\)\]\([ \t\r\n]*(?:<(?<at>[^<>\n]*)>|(?<at>(?>(?:[^\s()<>\\]|\\.|\((?>[^\s()\\]*)\))+)))(?>[ \t\r\n]*)(?:(?:"(?>(?:[^"\\]|\\.)*)"|'(?>(?:[^'\\]|\\.)*)'|\((?>[^()\\]*)\))[ \t\r\n]*)?\)""")]
    private static partial Regex Targets();

    // [name]: address, at the start of a line
    [GeneratedRegex(@"^ {0,3}\[(?>(?:[^\[\]\\\n]|\\.)+)\]:[ \t]*\n?[ \t]*(?:<(?<at>[^<>\n]*)>|(?<at>[^\s<]\S*))", RegexOptions.Multiline)]
    private static partial Regex Definitions();

    [GeneratedRegex(@"(?<!\\)<(?<at>(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|\0)[^\s<>]*)>")]
    private static partial Regex Angles();

    [GeneratedRegex(@"\0")]
    private static partial Regex Values();

    [GeneratedRegex(@"^ {0,3}(?:```|~~~)", RegexOptions.Multiline)]
    private static partial Regex Fences();
}
