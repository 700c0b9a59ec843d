using System.Text;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Forms;

/// <summary>
/// Writes a text that a regular expression matches, with the minimum number of repetitions, or a given number more.
/// </summary>
/// <param name="pattern">A valid regular expression without look-arounds.</param>
/// <param name="more">The number of additional repetitions of each repeated part.</param>
/// <param name="choice">The index of the alternative to take.</param>
internal sealed class PatternExample(string pattern, int more, int choice)
{
    private const string Others = "äßéñøčπжאعあ漢, \t\n";

    private static readonly string Characters =
        string.Concat(Enumerable.Range('a', 26).Concat(Enumerable.Range('A', 26)).Concat(Enumerable.Range('0', 10)).Select(code => (char)code))
        + "-_.@/+*#%&!?:;,'\"()[]{}<>=|~^$\\ " + Others;

    private int at;

    /// <summary>
    /// Returns a text that probably matches, which the caller must check. Returns null for unsupported syntax.
    /// </summary>
    public static string? Write(string pattern, int more, int choice)
    {
        try
        {
            var writer = new PatternExample(pattern, more, choice);
            var text = writer.Alternatives();
            return writer.at == pattern.Length ? text : null;
        }
        catch (Exception unknown) when (unknown is IndexOutOfRangeException or ArgumentException)
        {
            return null;
        }
    }

    private string Alternatives()
    {
        List<string> texts = [Sequence()];
        while (at < pattern.Length && pattern[at] == '|')
        {
            at++;
            texts.Add(Sequence());
        }

        return texts[choice % texts.Count];
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            var part = Part();
            text.Insert(text.Length, part, Times());
        }

        return text.ToString();
    }

    private string Part()
    {
        switch (pattern[at])
        {
            case '(':
                at = BehindOpening();
                var inner = Alternatives();
                at++;
                return inner;
            case '^' or '$':
                at++;
                return "";
            case '\\' when pattern[at + 1] is 'A' or 'z' or 'Z' or 'b' or 'B' or 'G':
                at += 2;
                return "";
            default:
                var from = at;
                at = EndOfCharacter();
                return OneOf(pattern[from..at]);
        }
    }

    /// <summary>
    /// Returns the position after <c>(</c>, <c>(?:</c> or <c>(?&lt;name&gt;</c>. Groups of options are not supported.
    /// </summary>
    private int BehindOpening() => pattern[at + 1] != '?' ? at + 1
        : pattern[at + 2] == ':' ? at + 3
        : pattern[at + 2] == '<' && pattern.IndexOf('>', at) is > 0 and var end ? end + 1
        : throw new ArgumentException("Unknown group.", nameof(pattern));

    private int EndOfCharacter()
    {
        if (pattern[at] == '\\')
        {
            return pattern[at + 1] switch
            {
                'p' or 'P' => pattern.IndexOf('}', at) + 1,
                'u' => at + 6,
                'x' => at + 4,
                _ => at + 2,
            };
        }

        if (pattern[at] != '[')
        {
            return at + 1;
        }

        var end = at + (pattern[at + 1] == '^' ? 3 : 2); // a bracket in first place belongs to the class
        for (; pattern[end] != ']'; end++)
        {
            end += pattern[end] == '\\' ? 1 : 0;
        }

        return end + 1;
    }

    private static string OneOf(string character)
    {
        var one = new Regex($@"\A{character}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        return Characters.Select(candidate => candidate.ToString()).FirstOrDefault(one.IsMatch)
            ?? throw new ArgumentException("No character matches.", nameof(character));
    }

    private int Times()
    {
        var (least, most) = (1, 1);
        if (at < pattern.Length && pattern[at] is '*' or '+' or '?')
        {
            (least, most) = pattern[at] switch { '*' => (0, int.MaxValue), '+' => (1, int.MaxValue), _ => (0, 1) };
            at++;
        }
        else if (at < pattern.Length && Regex.Match(pattern[at..], @"\A\{([0-9]+)(,([0-9]*))?\}") is { Success: true } bounds)
        {
            least = int.Parse(bounds.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            most = !bounds.Groups[2].Success ? least
                : bounds.Groups[3].Length == 0 ? int.MaxValue
                : int.Parse(bounds.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture);
            at += bounds.Length;
        }

        if (at < pattern.Length && (least, most) != (1, 1) && pattern[at] == '?')
        {
            at++; // lazy quantifier
        }

        return Math.Min(most, least + more);
    }
}
