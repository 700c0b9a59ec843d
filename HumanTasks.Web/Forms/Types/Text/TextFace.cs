using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

internal sealed class TextFace : FieldFace
{
    /// <summary>An input of one line would lose line breaks.</summary>
    public override Type ComponentOf(FieldModel model) =>
        ((Field.Text)model.Field).Multiline || LineBreaks.Any(model.Value) ? typeof(TextArea) : typeof(LineInput);

    public override LineAttributes LineOf(Field field) => new("text", IsProse: true, Direction: "auto");

    public override string Words(Field field, JsonNode value) => JsonValues.Format(value);

    public override string? HintOf(Field field, LimitOptions limits) => ((Field.Text)field) switch
    {
        { MinLength: null or 0, MaxLength: FormReader.MaxTextLength } => null,
        { MinLength: null or 0, MaxLength: var max } => ReviewTexts.Count("HintMaxLength", max),
        { MinLength: { } min, MaxLength: FormReader.MaxTextLength } => ReviewTexts.Count("HintMinLength", min),
        { MinLength: { } min, MaxLength: var max } when min == max => ReviewTexts.Count("HintLength", max),
        { MinLength: { } min, MaxLength: var max } => ReviewTexts.Count("HintLengths", max, min, max),
    };

    /// <summary>The text with the line breaks that stood there before where nothing else was changed, and with line feeds otherwise.</summary>
    protected override JsonNode? Given(Field field, IReadOnlyList<string> texts, TypedFor typed) => !LineBreaks.Any(texts[^1]) ? texts[^1]
        : (typed.Before ?? [field.Value]).Select(value => JsonValues.TryText(value, out var text) ? text : null)
            .FirstOrDefault(text => text is not null && LineBreaks.AreSame(text, texts[^1]))
            ?? LineBreaks.Of(texts[^1]);
}
