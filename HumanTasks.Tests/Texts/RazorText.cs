using System.Text;
using System.Text.RegularExpressions;

namespace HumanTasks.Tests.Texts;

/// <summary>What a Razor file says by itself: the text between its tags and in attributes that people read, and what stands in its C#.</summary>
internal sealed partial class RazorText
{
    private readonly List<string> code = [];
    private readonly StringBuilder markup = new();

    private RazorText(string source)
    {
        var end = source.IndexOf("\n@code {", StringComparison.Ordinal);
        code.Add(end < 0 ? "" : source[end..]);
        Read(Comment().Replace(end < 0 ? source : source[..end], ""));
    }

    /// <summary>Words that stand in the markup itself.</summary>
    public static IEnumerable<string> Words(string source)
    {
        var markup = new RazorText(source).markup.ToString();
        var attributes = ReadAttribute().Matches(markup).Select(match => match.Groups[1].Value);
        var between = Else().Replace(Tag().Replace(markup, "\n"), "\n").Split('\n').Where(line => !Statement().IsMatch(line));
        return attributes.Concat(between).Select(text => text.Trim()).Where(text => Letters().IsMatch(text));
    }

    /// <summary>The C# of a file: its expressions and its <c>@code</c>.</summary>
    public static string CodeOf(string source) => string.Join('\n', new RazorText(source).code);

    private void Read(string source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '@')
            {
                markup.Append(source[i]);
                continue;
            }

            var from = ++i;
            if (Directive().Match(source, i) is { Success: true } directive)
            {
                i += directive.Length - 1;
                continue;
            }

            i = EndOfExpression(source, i);
            code.Add(source[from..i]);
            i--;
        }
    }

    private static int EndOfExpression(string source, int at)
    {
        while (at < source.Length)
        {
            if (source[at] is '(' or '[')
            {
                at = EndOfBrackets(source, at);
            }
            else if (char.IsLetterOrDigit(source[at]) || source[at] == '_'
                || (source[at] is '.' or '?' && at + 1 < source.Length && (char.IsLetter(source[at + 1]) || source[at + 1] == '.'))
                || (source[at] == ' ' && Control().IsMatch(source[..at]) && source[at + 1] == '('))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static int EndOfBrackets(string source, int at)
    {
        var depth = 0;
        var quoted = false;
        for (; at < source.Length; at++)
        {
            if (source[at] == '"')
            {
                quoted = !quoted;
            }

            if (quoted)
            {
                continue;
            }

            depth += source[at] is '(' or '[' ? 1 : source[at] is ')' or ']' ? -1 : 0;
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return at;
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\G(using|page|inherits|inject|implements)[^\n]*\n")]
    private static partial Regex Directive();

    [GeneratedRegex(@"@(if|foreach|for|switch|while)$")]
    private static partial Regex Control();

    [GeneratedRegex("""<[^<>]*>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""\b(?:title|aria-label|placeholder|alt|label|summary|data-(?!type=)[a-z-]+|Title|Words|Text|Label)="([^"]*)" """)]
    private static partial Regex ReadAttribute();

    [GeneratedRegex(@"^\s*(else\b.*|case .*|default:|break;|[\w\[\]?<>]+ \w+ = .*;|var .*;)\s*$")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\}\s*else\s*\{")]
    private static partial Regex Else();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Letters();
}
