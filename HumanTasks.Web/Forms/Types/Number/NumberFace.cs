using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

internal sealed class NumberFace : FieldFace
{
    public override string ReadAs(Field field) => "number";

    // the number pads of phones have no minus sign
    public override LineAttributes LineOf(Field field) => new("text", Class: "short", InputMode: (Field.Number)field switch
    {
        { Whole: true, Min: >= 0 } => "numeric",
        { Min: >= 0 } => "decimal",
        _ => null,
    });

    public override string Words(Field field, JsonNode value) =>
        JsonValues.TryNumber(value, out var number) ? ForPeople.Number(number) : Shown.Scalar(value);

    public override string? HintOf(Field field, LimitOptions limits)
    {
        var number = (Field.Number)field;
        var step = number switch
        {
            { Step: { } size } when !number.Whole || size != 1 => ReviewTexts.Get("HintStep", Isolates.Around(ForPeople.Number(size))),
            { Whole: true } => ReviewTexts.Get("HintWhole"),
            _ => null,
        };
        return FieldHints.Join(FieldHints.Range(InWords(number.Min), InWords(number.Max), "HintMin", "HintMax"), step);
    }

    public override IReadOnlyList<string> ToTexts(Field field, JsonNode value) =>
        NumberIn(value) is { } number ? [NumberTable.Current.Write(number, HasThousandths(field))] : base.ToTexts(field, value);

    public override IReadOnlyList<string> Translated(Field field, IReadOnlyList<string> texts, NumberTable from) =>
        texts is [.., var last] && from.Read(last, HasThousandths(field)) is TypedNumber.One one
            ? [NumberTable.Current.Write(one.Value, HasThousandths(field))]
            : texts;

    protected override JsonNode? Given(Field field, IReadOnlyList<string> texts, TypedFor typed) =>
        typed.Numbers.Read(texts[^1], HasThousandths(field)) is TypedNumber.One one ? JsonValue.Create(one.Value) : JsonValue.Create(texts[^1]);

    private static bool HasThousandths(Field field) => ((Field.Number)field).HasThousandths;

    private static string? InWords(decimal? number) => number is { } given ? ForPeople.Number(given) : null;

    /// <summary>The number that a form was prefilled with, also as the text that a program made of it.</summary>
    private static decimal? NumberIn(JsonNode value) =>
        JsonValues.TryNumber(value, out var number)
        || (JsonValues.TryText(value, out var text)
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
            ? number
            : null;
}
