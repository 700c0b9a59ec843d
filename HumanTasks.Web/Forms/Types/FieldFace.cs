using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Settings;

namespace HumanTasks.Web.Forms.Types;

/// <summary>
/// How a type of field looks on a page and what its inputs send: the folder of its name in Forms/Types. The type itself is
/// the <see cref="FieldType"/> of the same name.
/// </summary>
internal abstract class FieldFace
{
    /// <summary>Where inputs, label and notes of a field stand.</summary>
    public virtual FieldLayout LayoutOf(Field field) => FieldLayout.Labelled;

    /// <summary>The component with the inputs; its only parameter is the model.</summary>
    public virtual Type ComponentOf(FieldModel model) => typeof(LineInput);

    /// <summary>How a script reads the inputs, for <c>data-read</c>: text, number, truth, list, files, rows, date, time or dateTime.</summary>
    public virtual string ReadAs(Field field) => "text";

    /// <summary>What the field expects, in words; null where there is nothing to say.</summary>
    public virtual string? HintOf(Field field, LimitOptions limits) => null;

    /// <summary>The inputs to choose among; none for a field that is typed.</summary>
    public virtual IReadOnlyList<Option> OptionsOf(Field field) => [];

    /// <summary>Whether several of <see cref="OptionsOf"/> can be chosen.</summary>
    public virtual bool TakesSeveral => false;

    /// <summary>Whether the options look like buttons.</summary>
    public virtual bool HasButtons(Field field) => false;

    /// <summary>The attributes of an input of one line.</summary>
    public virtual LineAttributes LineOf(Field field) => new("text", Direction: "auto");

    /// <summary>An answer as people read it, with what they and authors wrote between isolates where there is more in it.</summary>
    public virtual string Words(Field field, JsonNode value) => Shown.Scalar(value);

    /// <summary>The same as a table; null for an answer that is none.</summary>
    public virtual AnswerTable? TableOf(Field field, JsonNode value, string? language) => null;

    /// <summary>A value as the texts of its inputs; none for one that has no place in them.</summary>
    public virtual IReadOnlyList<string> ToTexts(Field field, JsonNode value) => [JsonValues.Format(value)];

    /// <summary>
    /// What the texts of the inputs mean; null for nothing. A text that is not of the field's type stays a text, so that the
    /// check of the form says what is wrong and the page shows it again as it was typed.
    /// </summary>
    public virtual JsonNode? FromTexts(Field field, IReadOnlyList<string> texts, TypedFor typed) =>
        texts.All(BlankText.Is) ? null : Given(field, texts, typed);

    /// <summary>The same of texts in which something stands.</summary>
    protected virtual JsonNode? Given(Field field, IReadOnlyList<string> texts, TypedFor typed) => texts[^1];

    /// <summary>What a browser made of a text that the page gave it is that text again.</summary>
    public virtual string AsGiven(Field field, string text) => text;

    /// <summary>What was typed on a page of another language, as it is typed on a page of the present one.</summary>
    public virtual IReadOnlyList<string> Translated(Field field, IReadOnlyList<string> texts, NumberTable from) => texts;

    /// <summary>What was typed, as its sender reads it.</summary>
    public virtual string TypedWords(Field field, IReadOnlyList<string> texts) => texts[^1];

    /// <summary>What a page means that sends nothing for the field.</summary>
    public virtual JsonNode? Untouched(Field field) => null;
}
