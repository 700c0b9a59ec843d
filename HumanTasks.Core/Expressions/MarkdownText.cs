using System.Buffers;
using System.Text;

namespace HumanTasks.Core.Expressions;

/// <summary>Texts as Markdown in which they are texts and nothing else.</summary>
internal static class MarkdownText
{
    private static readonly SearchValues<char> NotInAnAddress = SearchValues.Create(" <>");

    /// <summary>A text that is shown as it is.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        var line = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (i == line && character is ' ' or '\t')
            {
                text.Append(character == ' ' ? "&#32;" : "&#9;"); // an indented line would be a block of code
                line++;
                continue;
            }

            if (MeansSomething(value, i, line))
            {
                text.Append('\\');
            }

            text.Append(character);
            line = character is '\n' or '\r' ? i + 1 : line;
        }

        return text.ToString();
    }

    /// <summary>Whether a value is an address of the web that can stand between angle brackets.</summary>
    public static bool IsAddress(string value) =>
        (value.StartsWith("https://", StringComparison.Ordinal) || value.StartsWith("http://", StringComparison.Ordinal))
        && !value.AsSpan().ContainsAny(NotInAnAddress)
        && !value.Any(char.IsControl); // CommonMark ends an autolink at one, and would go on with markup

    // what CommonMark and its extensions would read as markup, and nothing else, so that numbers and names stay readable
    private static bool MeansSomething(string value, int at, int line) => value[at] switch
    {
        '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '<' or '>' or '#' or '|' or '~' or '!' or '&' => true,
        ':' => value.AsSpan(at).StartsWith("://", StringComparison.Ordinal),
        '-' or '+' or '=' => at == line,
        '.' => IsNumbering(value, at, line) || value.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        ')' => IsNumbering(value, at, line),
        _ => false,
    };

    private static bool IsNumbering(string value, int at, int line) =>
        at > line
        && !value.AsSpan(line, at - line).ContainsAnyExceptInRange('0', '9')
        && (at + 1 == value.Length || char.IsWhiteSpace(value[at + 1]));
}
