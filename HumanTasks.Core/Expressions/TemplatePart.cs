using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>A literal text of a template, or a place for a value.</summary>
/// <param name="Text">The literal text; for a quoted text with a format, that text.</param>
/// <param name="Path">The path of the value.</param>
/// <param name="Optional">Whether the path may be missing.</param>
/// <param name="Format">One of the formats of <see cref="ValueFormat"/>; null for none.</param>
internal sealed record TemplatePart(string Text, ContextPath? Path = null, bool Optional = false, string? Format = null)
{
    /// <summary>Whether the part is a place for a value.</summary>
    public bool IsValue => Path is not null || Format is not null;

    /// <summary>The expression without its braces.</summary>
    public string Name => Format is null ? Path!.Text : $"{Path?.Text ?? Text} | {Format}";

    /// <summary>Returns the value with its type; a link is a text.</summary>
    public JsonNode? Find(Scope scope) =>
        Path is null ? JsonValue.Create(Text)
        : scope.Link(Path) is { } link ? JsonValue.Create(link)
        : scope.Find(Path, Optional);

    /// <summary>
    /// Returns the value in the part's format. A value that does not fit is recorded and left unformatted.
    /// </summary>
    public string Formatted(JsonNode? value, Scope scope)
    {
        if (ValueFormat.Write(Format!, value, scope.Locale) is { } written)
        {
            return written;
        }

        if (ValueFormat.IsKnown(Format!)) // a later release may have stored a format that is unknown here
        {
            scope.Misfit(Path?.Text ?? Text, Format!);
        }

        return JsonValues.Format(value);
    }
}
