using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

/// <summary>Radio buttons whose labels have the number and what it means.</summary>
internal sealed class RatingFace : FieldFace
{
    public override FieldLayout LayoutOf(Field field) => FieldLayout.Group;

    public override Type ComponentOf(FieldModel model) => typeof(OptionInputs);

    public override string ReadAs(Field field) => "number";

    public override IReadOnlyList<Option> OptionsOf(Field field) =>
    [
        .. Enumerable.Range(Field.Rating.Lowest, Field.Rating.Highest)
            .Select(number => number.ToString(CultureInfo.InvariantCulture))
            .Select(number => new Option(number, ReviewTexts.Get($"Rating{number}"), Languages.Current)),
    ];

    public override string Words(Field field, JsonNode value) =>
        OptionsOf(field).FirstOrDefault(option => option.Value == JsonValues.Format(value))?.Label ?? Shown.Scalar(value);

    public override string TypedWords(Field field, IReadOnlyList<string> texts) => Words(field, texts[^1]);

    protected override JsonNode? Given(Field field, IReadOnlyList<string> texts, TypedFor typed) =>
        OptionsOf(field).Any(option => option.Value == texts[^1])
            ? JsonValue.Create(int.Parse(texts[^1], CultureInfo.InvariantCulture))
            : JsonValue.Create(texts[^1]);
}
