using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>What its author wrote between two values, or a place for a value.</summary>
/// <param name="Text">As it is written out; of a value with a format and without a path, the value.</param>
/// <param name="Path">Where the value is.</param>
/// <param name="Optional">Whether the path may lead nowhere.</param>
/// <param name="Format">One of <see cref="ValueFormat"/>; null for as it comes.</param>
internal sealed record TemplatePart(string Text, ContextPath? Path = null, bool Optional = false, string? Format = null)
{
    /// <summary>Whether a value stands here.</summary>
    public bool IsValue => Path is not null || Format is not null;

    /// <summary>The expression without its braces.</summary>
    public string Name => Format is null ? Path!.Text : $"{Path?.Text ?? Text} | {Format}";

    /// <summary>The value as a template alone in its text passes it; a link is a text.</summary>
    public JsonNode? Find(Scope scope) =>
        Path is null ? JsonValue.Create(Text)
        : scope.Link(Path) is { } link ? JsonValue.Create(link)
        : scope.Find(Path, Optional);

    /// <summary>A value in the part's format; as it is, and noted, when it does not fit.</summary>
    public string Formatted(JsonNode? value, Scope scope)
    {
        if (ValueFormat.Write(Format!, value, scope.Locale) is { } written)
        {
            return written;
        }

        if (ValueFormat.IsKnown(Format!)) // a later release may have stored one that is not known here
        {
            scope.Misfit(Path?.Text ?? Text, Format!);
        }

        return JsonValues.Format(value);
    }
}
