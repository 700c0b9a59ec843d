using System.Text;

namespace HumanTasks.Core.Expressions;

/// <summary>Reads the expressions of a template: <c>{{path}}</c>, <c>{{path? | format}}</c>, <c>{{"text"}}</c>.</summary>
internal static class TemplateReader
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>Returns the parts, or null if the text is not a valid template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="stored">
    /// Whether the template was validated when it was saved. Unknown formats are then ignored.
    /// </param>
    /// <param name="problem">The reason why the text is invalid; null if it is valid.</param>
    public static List<TemplatePart>? Read(string text, bool stored, out string? problem)
    {
        problem = null;
        List<TemplatePart> parts = [];
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf(Open, position, StringComparison.Ordinal);
            if (open != position)
            {
                parts.Add(new TemplatePart(open < 0 ? text[position..] : text[position..open]));
            }

            if (open < 0)
            {
                break;
            }

            var inner = open + Open.Length;
            var quoted = Quoted(text, ref inner);
            var close = text.IndexOf(Close, inner, StringComparison.Ordinal);
            if (close < 0)
            {
                problem = "The template has '{{' without '}}'.";
                return null;
            }

            if (Part(quoted, text[inner..close], stored, out problem) is not { } part)
            {
                return null;
            }

            parts.Add(part);
            position = close + Close.Length;
        }

        return parts;
    }

    private static TemplatePart? Part(string? quoted, string rest, bool stored, out string? problem)
    {
        problem = null;
        var bar = rest.LastIndexOf('|');
        var format = bar < 0 ? null : rest[(bar + 1)..].Trim();
        var what = (bar < 0 ? rest : rest[..bar]).Trim();
        if (format is not null && !stored && !ValueFormat.IsKnown(format))
        {
            problem = $"Unknown format '{format}'. Use one of: {ValueFormat.Choices}.";
            return null;
        }

        if (quoted is not null && what.Length == 0)
        {
            return new TemplatePart(quoted, Format: format);
        }

        var optional = what.EndsWith('?');
        if (quoted is null && ContextPath.TryParse(optional ? what[..^1].TrimEnd() : what) is { } path)
        {
            return new TemplatePart("", path, optional, format);
        }

        var wrong = quoted is null ? rest.Trim() : $"\"{quoted}\"{rest}".Trim();
        problem = $"Invalid template '{{{{{wrong}}}}}'. Use a path such as invoice.number, or a text in double quotes.";
        return null;
    }

    /// <summary>
    /// Returns the quoted text that starts here; null if there is none. A backslash escapes <c>"</c> and <c>\</c>.
    /// </summary>
    private static string? Quoted(string text, ref int at)
    {
        var begin = at;
        while (begin < text.Length && char.IsWhiteSpace(text[begin]))
        {
            begin++;
        }

        if (begin >= text.Length || text[begin] != '"')
        {
            return null;
        }

        var quoted = new StringBuilder();
        for (var i = begin + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                at = i + 1;
                return quoted.ToString();
            }

            i += text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' ? 1 : 0;
            quoted.Append(text[i]);
        }

        return null;
    }
}
