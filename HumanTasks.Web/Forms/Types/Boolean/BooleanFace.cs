using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

internal sealed class BooleanFace : FieldFace
{
    public override FieldLayout LayoutOf(Field field) => IsBox(field) ? FieldLayout.Box : FieldLayout.Group;

    public override Type ComponentOf(FieldModel model) => IsBox(model.Field) ? typeof(CheckboxInput) : typeof(OptionInputs);

    public override string ReadAs(Field field) => "truth";

    public override IReadOnlyList<Option> OptionsOf(Field field) =>
        [new Option("true", ReviewTexts.Get("Yes"), Languages.Current), new Option("false", ReviewTexts.Get("No"), Languages.Current)];

    public override bool HasButtons(Field field) => true;

    public override JsonNode? Untouched(Field field) => IsBox(field) ? JsonValue.Create(false) : null;

    public override string TypedWords(Field field, IReadOnlyList<string> texts) =>
        texts.Any(IsYes) ? ReviewTexts.Get("Yes") : field.Required ? ReviewTexts.Get("No") : "";

    /// <summary>A checkbox comes with a hidden "false" before it, so that one left empty is an answer too.</summary>
    protected override JsonNode? Given(Field field, IReadOnlyList<string> texts, TypedFor typed) =>
        texts.Any(IsYes) ? JsonValue.Create(true)
        : texts.All(text => text == "false") ? JsonValue.Create(false)
        : JsonValue.Create(texts.First(text => text != "false"));

    private static bool IsBox(Field field) => ((Field.Boolean)field).IsBox;

    private static bool IsYes(string text) => text is "true" or "on";
}
