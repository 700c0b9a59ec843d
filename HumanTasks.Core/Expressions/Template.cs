using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// A text with <c>{{path}}</c> expressions. A path that is the whole text passes the value with its type; otherwise the
/// value is formatted as text. A missing path is recorded; <c>{{path?}}</c> renders it as empty. <c>{{path |
/// format}}</c> formats the value with a format of <see cref="ValueFormat"/>, and <c>{{"text"}}</c> renders the text.
/// Inside an address, values are percent-encoded but not formatted.
/// </summary>
public sealed class Template
{
    private readonly IReadOnlyList<TemplatePart> parts;

    private Template(string text, IReadOnlyList<TemplatePart> parts)
    {
        Text = text;
        this.parts = parts;
    }

    public string Text { get; }

    public bool IsLiteral => parts.Count == 0;

    /// <summary>Whether the template is exactly one path, which passes the value with its type.</summary>
    public bool IsOnePath => parts is [{ Path: not null, Format: null }];

    public IEnumerable<ContextPath> Paths => parts.Where(part => part.Path is not null).Select(part => part.Path!);

    /// <summary>The paths that must exist.</summary>
    public IEnumerable<ContextPath> NeededPaths => parts.Where(part => part is { Path: not null, Optional: false }).Select(part => part.Path!);

    public static Template Literal(string text) => new(text, []);

    /// <summary>Parses a template. Returns null if the text is not a valid template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">The reason why the text is invalid; null if it is valid.</param>
    /// <param name="stored">
    /// Whether the template was validated when it was saved. Unknown formats are then ignored.
    /// </param>
    public static Template? TryParse(string text, out string? problem, bool stored = false)
    {
        problem = null;
        return !text.Contains("{{", StringComparison.Ordinal) ? Literal(text)
            : TemplateReader.Read(text, stored, out problem) is { } parts ? new Template(text, parts)
            : null;
    }

    /// <summary>Renders the value: with its type if the template is exactly one path, otherwise as text.</summary>
    public JsonNode? Render(Scope scope) =>
        IsOnePath ? parts[0].Find(scope)?.DeepClone() : JsonValue.Create(RenderText(scope));

    public string RenderText(Scope scope) => IsLiteral ? Text : new TemplateWriter(parts, scope).Plain();

    /// <summary>Renders an address. A value at the start is unchanged; all others are percent-encoded.</summary>
    public string RenderAddress(Scope scope) => IsLiteral ? Text : new TemplateWriter(parts, scope).Address();

    /// <summary>
    /// Renders Markdown. The author's text is Markdown; context values are plain text and cannot become markup. A value
    /// that is an http(s) address becomes a link to itself.
    /// </summary>
    /// <param name="scope">The scope that resolves the paths.</param>
    /// <param name="forPeople">Whether decimals and dates are formatted for people.</param>
    public string RenderMarkdown(Scope scope, bool forPeople = false) =>
        IsLiteral ? Text : new TemplateWriter(parts, scope).Markdown(forPeople);

    /// <summary>Returns Markdown that shows the text literally.</summary>
    public static string Plain(string text) => MarkdownText.IsAddress(text) ? $"<{text}>" : MarkdownText.Escape(text);

    /// <summary>Returns the author's text, with the name of each value in brackets in place of the value.</summary>
    public string WithNames() => IsLiteral ? Text : string.Concat(parts.Select(part => part.IsValue ? $"[{part.Name}]" : part.Text));

    /// <summary>Returns the value of each name, once per name. A value with a format is a text.</summary>
    public JsonObject ValuesOf(Scope scope)
    {
        var values = new JsonObject();
        foreach (var part in parts.Where(part => part.IsValue))
        {
            if (!values.ContainsKey(part.Name))
            {
                var value = part.Find(scope);
                values[part.Name] = part.Format is null ? value?.DeepClone() : JsonValue.Create(part.Formatted(value, scope));
            }
        }

        return values;
    }
}
