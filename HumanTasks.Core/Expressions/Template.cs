using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// A text with <c>{{path}}</c> in it. Alone in its text a path passes the value with its type; inside a text it is
/// formatted. An unknown path is noted as missing; <c>{{path?}}</c> is empty instead. <c>{{path | format}}</c> gives a text
/// in one of the formats of <see cref="ValueFormat"/>, <c>{{"text"}}</c> the text. Inside an address values go in
/// percent-encoded and otherwise as they are.
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

    /// <summary>Whether it is one path and nothing else, and passes what is there with its type.</summary>
    public bool IsOnePath => parts is [{ Path: not null, Format: null }];

    public IEnumerable<ContextPath> Paths => parts.Where(part => part.Path is not null).Select(part => part.Path!);

    /// <summary>Those that must lead somewhere.</summary>
    public IEnumerable<ContextPath> NeededPaths => parts.Where(part => part is { Path: not null, Optional: false }).Select(part => part.Path!);

    public static Template Literal(string text) => new(text, []);

    /// <summary>Parses, or answers null and says in <paramref name="problem"/> why the text cannot be a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="stored">Whether it was checked when it was saved: a format that is not known is none then.</param>
    public static Template? TryParse(string text, out string? problem, bool stored = false)
    {
        problem = null;
        return !text.Contains("{{", StringComparison.Ordinal) ? Literal(text)
            : TemplateReader.Read(text, stored, out problem) is { } parts ? new Template(text, parts)
            : null;
    }

    /// <summary>The value: with its type when the template is one path and nothing else, a text otherwise.</summary>
    public JsonNode? Render(Scope scope) =>
        IsOnePath ? parts[0].Find(scope)?.DeepClone() : JsonValue.Create(RenderText(scope));

    public string RenderText(Scope scope) => IsLiteral ? Text : new TemplateWriter(parts, scope).Plain();

    /// <summary>As an address: a value at its beginning is as it is, every other one is percent-encoded.</summary>
    public string RenderAddress(Scope scope) => IsLiteral ? Text : new TemplateWriter(parts, scope).Address();

    /// <summary>
    /// As Markdown: what the template's author wrote is Markdown, what the context brings is plain text and cannot
    /// become markup. A value that is an http(s) address becomes a link to itself.
    /// </summary>
    /// <param name="scope">What the paths lead to.</param>
    /// <param name="forPeople">Whether decimals and dates are as people read them; otherwise as they are.</param>
    public string RenderMarkdown(Scope scope, bool forPeople = false) =>
        IsLiteral ? Text : new TemplateWriter(parts, scope).Markdown(forPeople);

    /// <summary>A text as Markdown in which it is text and nothing else.</summary>
    public static string Plain(string text) => MarkdownText.IsAddress(text) ? $"<{text}>" : MarkdownText.Escape(text);

    /// <summary>What its author wrote, with the name of each value in brackets where it would stand.</summary>
    public string WithNames() => IsLiteral ? Text : string.Concat(parts.Select(part => part.IsValue ? $"[{part.Name}]" : part.Text));

    /// <summary>What each of its names leads to, once for each; with a format a text.</summary>
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
