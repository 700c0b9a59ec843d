using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// A text with <c>{{path}}</c> in it. Alone in its text a path passes the value with its type; inside a text it is
/// formatted. An unknown path is noted as missing; <c>{{path?}}</c> is empty instead.
/// </summary>
public sealed class Template
{
    private static readonly SearchValues<char> NotInAnAddress = SearchValues.Create(" <>");

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private readonly IReadOnlyList<Part> parts;

    private Template(string text, IReadOnlyList<Part> parts)
    {
        Text = text;
        this.parts = parts;
    }

    public string Text { get; }

    public bool IsLiteral => parts.Count == 0;

    /// <summary>Whether it is one path and nothing else, and passes what is there with its type.</summary>
    public bool IsOnePath => parts is [{ Path: not null }];

    public IEnumerable<ContextPath> Paths => parts.Where(part => part.Path is not null).Select(part => part.Path!);

    public static Template Literal(string text) => new(text, []);

    /// <summary>Parses, or answers null and says in <paramref name="problem"/> why the text cannot be a template.</summary>
    public static Template? TryParse(string text, out string? problem)
    {
        problem = null;
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return Literal(text);
        }

        List<Part> parts = [];
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf("{{", position, StringComparison.Ordinal);
            if (open < 0)
            {
                parts.Add(new Part(text[position..], null, false));
                break;
            }

            if (open > position)
            {
                parts.Add(new Part(text[position..open], null, false));
            }

            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                problem = "The template has '{{' without '}}'.";
                return null;
            }

            var inner = text[(open + 2)..close].Trim();
            var optional = inner.EndsWith('?');
            if (ContextPath.TryParse(optional ? inner[..^1].TrimEnd() : inner) is not { } path)
            {
                problem = $"The template has '{{{{{inner}}}}}', which is not a path such as invoice.number.";
                return null;
            }

            parts.Add(new Part("", path, optional));
            position = close + 2;
        }

        return new Template(text, parts);
    }

    /// <summary>The value: with its type when the template is one path and nothing else, a text otherwise.</summary>
    public JsonNode? Render(Scope scope)
    {
        if (IsLiteral)
        {
            return JsonValue.Create(Text);
        }

        if (parts is [{ Path: { } path } only])
        {
            return scope.Link(path) is { } link ? JsonValue.Create(link) : scope.Find(path, only.Optional)?.DeepClone();
        }

        return JsonValue.Create(RenderText(scope));
    }

    public string RenderText(Scope scope) => Write(scope, JsonValues.Format);

    /// <summary>What its author wrote, with the name of each path in brackets where its value would stand.</summary>
    public string WithNames() => string.Concat(parts.Select(part => part.Path is { } path ? $"[{path.Text}]" : part.Text)) is { Length: > 0 } text ? text : Text;

    /// <summary>What each of its paths leads to, once for each.</summary>
    public JsonObject ValuesOf(Scope scope)
    {
        var values = new JsonObject();
        foreach (var part in parts)
        {
            if (part.Path is { } path && !values.ContainsKey(path.Text))
            {
                values[path.Text] = scope.Find(path, part.Optional)?.DeepClone();
            }
        }

        return values;
    }

    /// <summary>The same with numbers and dates as people read them (<see cref="ForPeople"/>), in English so far.</summary>
    public string RenderForPeople(Scope scope) => Write(scope, InWords);

    /// <summary>
    /// As Markdown: what the template's author wrote is Markdown, what the context brings is plain text and cannot
    /// become markup. A value that is an http(s) address becomes a link to itself.
    /// </summary>
    /// <param name="scope">What the paths lead to.</param>
    /// <param name="forPeople">Whether numbers and dates are as people read them; otherwise as they are.</param>
    public string RenderMarkdown(Scope scope, bool forPeople = false) => forPeople
        ? Write(scope, static value => EscapeMarkdown(InWords(value)))
        : Write(scope, static value => EscapeMarkdown(JsonValues.Format(value)));

    /// <summary>A text as Markdown in which it is text and nothing else.</summary>
    public static string Plain(string text) => EscapeMarkdown(text);

    private static string InWords(JsonNode? value) => ForPeople.Format(value, English);

    private string Write(Scope scope, Func<JsonNode?, string> format)
    {
        if (IsLiteral)
        {
            return Text;
        }

        var text = new StringBuilder(Text.Length + 64);
        foreach (var part in parts)
        {
            text.Append(
                part.Path is not { } path ? part.Text
                : scope.Link(path) is { } link ? link
                : format(scope.Find(path, part.Optional)));
        }

        return text.ToString();
    }

    private static string EscapeMarkdown(string value)
    {
        if (IsAddress(value))
        {
            return $"<{value}>";
        }

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

    private static bool IsAddress(string value) =>
        (value.StartsWith("https://", StringComparison.Ordinal) || value.StartsWith("http://", StringComparison.Ordinal))
        && !value.AsSpan().ContainsAny(NotInAnAddress)
        && !value.Any(char.IsControl); // CommonMark ends an autolink at one, and would go on with markup

    private sealed record Part(string Text, ContextPath? Path, bool Optional);
}
