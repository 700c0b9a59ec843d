using System.Buffers;
using System.Text;

namespace HumanTasks.Core.Expressions;

/// <summary>Escapes texts so that Markdown shows them literally.</summary>
internal static class MarkdownText
{
    private static readonly SearchValues<char> NotInAnAddress = SearchValues.Create(" <>");

    /// <summary>Escapes a text so that Markdown shows it literally.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        var line = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (i == line && character is ' ' or '\t')
            {
                text.Append(character == ' ' ? "&#32;" : "&#9;"); // an indented line would become a code block
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

    /// <summary>Returns whether a value is a web address that can be used as an autolink.</summary>
    public static bool IsAddress(string value) =>
        (value.StartsWith("https://", StringComparison.Ordinal) || value.StartsWith("http://", StringComparison.Ordinal))
        && !value.AsSpan().ContainsAny(NotInAnAddress)
        && !value.Any(char.IsControl); // in CommonMark a control character ends an autolink, and markup could follow

    // Escapes only what CommonMark and its extensions read as markup, which keeps numbers and names readable.
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
