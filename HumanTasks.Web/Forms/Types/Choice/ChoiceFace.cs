using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Forms.Types;

internal sealed class ChoiceFace : FieldFace
{
    public override FieldLayout LayoutOf(Field field) =>
        ((Field.Choice)field).Display == ChoiceDisplay.Dropdown ? FieldLayout.Labelled : FieldLayout.Group;

    public override Type ComponentOf(FieldModel model) =>
        LayoutOf(model.Field) == FieldLayout.Group ? typeof(OptionInputs)
        : model.OptionsId is not null ? typeof(LineInput)
        : typeof(Dropdown);

    public override IReadOnlyList<Option> OptionsOf(Field field) => ((Field.Choice)field).Options;

    public override bool HasButtons(Field field) => ((Field.Choice)field).Display == ChoiceDisplay.Buttons;

    public override string Words(Field field, JsonNode value) => Shown.Label(OptionsOf(field), value);

    public override string AsGiven(Field field, string text) => Option.Meant(OptionsOf(field), text);

    public override string TypedWords(Field field, IReadOnlyList<string> texts) => Words(field, Chosen(field, texts[^1]));

    protected override JsonNode? Given(Field field, IReadOnlyList<string> texts, TypedFor typed) => Chosen(field, texts[^1]);

    /// <summary>The value of an option, also where its label was typed: without a script the cells of a table only suggest.</summary>
    private string Chosen(Field field, string typed) =>
        OptionsOf(field).All(option => option.Value != typed)
        && OptionsOf(field).Where(option => option.Label.Equals(typed.Trim(), StringComparison.OrdinalIgnoreCase)).ToArray() is [var named]
            ? named.Value
            : typed;
}
