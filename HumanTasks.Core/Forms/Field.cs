using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>
/// One field of a form. Each type has its own file, with its members, its reader, its validation and its JSON Schema.
/// </summary>
public abstract partial record Field
{
    private Field()
    {
    }

    /// <summary>The key of the field in the submitted values, unique in the form.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    /// <summary>Returns the label with the language that it is written in.</summary>
    /// <param name="taskLanguage">The language of texts that have only one; null if unknown.</param>
    public SpokenText SpokenLabel(string? taskLanguage) => new(Label, TextLanguages?.GetValueOrDefault("label") ?? taskLanguage);

    public string? Help { get; init; }

    /// <summary>The languages of those of its texts that have several, by the names of their members; null where none has.</summary>
    public IReadOnlyDictionary<string, string>? TextLanguages { get; init; }

    public bool Required { get; init; }

    /// <summary>The initial value. Templates in it are resolved when the task is created.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>
    /// Whether the field is shown and submitted with its <see cref="Value"/>. Submitted values are ignored.
    /// </summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether the field accepts input; otherwise it only displays something.</summary>
    public virtual bool TakesInput => true;

    /// <summary>
    /// The condition on other fields' values under which the field is visible. An invisible field is neither required
    /// nor accepted. Dates, times and moments to compare with are in normal form.
    /// </summary>
    public Condition? VisibleWhen { get; init; }

    /// <summary>The error message set by the form's author, used instead of the default.</summary>
    public string? Message { get; init; }

    /// <summary>The name of the type in the contract.</summary>
    public abstract string Type { get; }

    /// <summary>The JSON type of answers as they are sent.</summary>
    internal virtual AnswerShape Shape => AnswerShape.Text;

    /// <summary>Whether a form is refused if this field is visible and unanswered.</summary>
    internal virtual bool MustBeAnswered => Required;

    /// <summary>
    /// Returns a valid value, or content to show for a field that only displays something. Null if none is known.
    /// </summary>
    internal abstract JsonNode? Example();

    /// <summary>Returns the message for a missing required value.</summary>
    internal virtual string Missing() => FormTexts.Get("Required", Label);

    /// <summary>Returns the value to store, or what is wrong with it.</summary>
    internal abstract (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes);

    /// <summary>Returns the JSON Schema of the field's values, without the members common to all fields.</summary>
    internal abstract JsonObject Schema();

    private protected (JsonNode? Value, string? Problem) Wrong(string text, params ReadOnlySpan<object?> more) =>
        (null, FormTexts.Get(text, [Label, .. more.ToArray().Select(value =>
            value is decimal number ? (object)ForPeople.Number(number) : value ?? "")]));

    private protected static string? TextOf(JsonNode node) => JsonValues.TryText(node, out var text) ? text.Trim() : null;
}
