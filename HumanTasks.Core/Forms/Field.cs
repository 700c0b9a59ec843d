using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>
/// One question of a form. Each type stands in a file of its own with what it needs and allows, what reads it, what
/// checks its answers and its JSON Schema.
/// </summary>
public abstract partial record Field
{
    private Field()
    {
    }

    /// <summary>The key of the answer in the submitted values; unique in its form.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    public string? Help { get; init; }

    public bool Required { get; init; }

    /// <summary>What stands in the field before anybody typed; templates in it are resolved when the task is made.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>Shown and submitted with its <see cref="Value"/>; what a person sends for it is ignored.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether it is a question; otherwise it is only looked at.</summary>
    public virtual bool TakesInput => true;

    /// <summary>
    /// Over the other fields' values; a field that is not visible is neither required nor accepted. What dates, times and moments
    /// are compared with is in its normal form.
    /// </summary>
    public Condition? VisibleWhen { get; init; }

    /// <summary>The form designer's own error text, in place of ours.</summary>
    public string? Message { get; init; }

    /// <summary>The type's name in the contract.</summary>
    public abstract string Type { get; }

    /// <summary>Whether a form without an answer to it is refused, where it is visible.</summary>
    internal virtual bool MustBeAnswered => Required;

    /// <summary>An answer that it accepts; for a field that only shows something, what it may show. Null where none is known.</summary>
    internal abstract JsonNode? Example();

    /// <summary>What a person reads who left out what is required.</summary>
    internal virtual string Missing() => FormTexts.Get("Required", Label);

    /// <summary>The value as it is kept, or what is wrong with it.</summary>
    internal abstract (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes);

    /// <summary>The JSON Schema of its values, without what all fields have.</summary>
    internal abstract JsonObject Schema();

    private protected (JsonNode? Value, string? Problem) Wrong(string text, params ReadOnlySpan<object?> more) =>
        (null, FormTexts.Get(text, [Label, .. more.ToArray().Select(value =>
            value is decimal number ? (object)ForPeople.Number(number) : value ?? "")]));

    private protected static string? TextOf(JsonNode node) => JsonValues.TryText(node, out var text) ? text.Trim() : null;
}
