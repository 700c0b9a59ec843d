using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

internal sealed class MultiChoiceFace : FieldFace
{
    public override FieldLayout LayoutOf(Field field) => FieldLayout.Group;

    public override Type ComponentOf(FieldModel model) => typeof(OptionInputs);

    public override string ReadAs(Field field) => "list";

    public override IReadOnlyList<Option> OptionsOf(Field field) => ((Field.MultiChoice)field).Options;

    public override bool TakesSeveral => true;

    public override string? HintOf(Field field, LimitOptions limits) => ReviewTexts.Get("HintSeveral");

    public override string Words(Field field, JsonNode value) => value is JsonArray list
        ? Punctuation.List(list.Select(item => Isolates.Around(Shown.Label(OptionsOf(field), item))))
        : Shown.Scalar(value);

    public override IReadOnlyList<string> ToTexts(Field field, JsonNode value) =>
        value is JsonArray list ? [.. list.Select(JsonValues.Format)] : base.ToTexts(field, value);

    public override JsonNode? FromTexts(Field field, IReadOnlyList<string> texts, TypedFor typed)
    {
        var chosen = texts.Where(value => value.Length > 0).ToArray();
        return chosen.Length == 0 ? null : new JsonArray([.. chosen.Select(value => JsonValue.Create(value))]);
    }

    public override string AsGiven(Field field, string text) => Option.Meant(OptionsOf(field), text);

    public override string TypedWords(Field field, IReadOnlyList<string> texts) =>
        FromTexts(field, texts, new TypedFor(NumberTable.Current)) is { } value ? Words(field, value) : "";
}
