using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

internal sealed class MomentFace : FieldFace
{
    public override Type ComponentOf(FieldModel model) => typeof(MomentInput);

    public override string ReadAs(Field field) => field.Type;

    public override string Words(Field field, JsonNode value) =>
        (Field.Moment)field is var moment ? Moments.Format(moment.Kind, JsonValues.Format(value), moment.Zone) : "";

    public override string? HintOf(Field field, LimitOptions limits)
    {
        var moment = (Field.Moment)field;
        var range = FieldHints.Range(InWords(moment, moment.Min), InWords(moment, moment.Max), "HintFrom", "HintUntil");
        return moment.Kind == MomentKind.DateTime
            ? FieldHints.Join(ReviewTexts.Get("HintZone", Isolates.Around(ZoneNames.Of(moment.Zone, default, CultureInfo.CurrentCulture))), range)
            : range;
    }

    public override IReadOnlyList<string> ToTexts(Field field, JsonNode value) =>
        (Field.Moment)field is var moment && Moments.TryNormalize(moment.Kind, JsonValues.Format(value), moment.Zone, out var normal)
            ? [normal]
            : base.ToTexts(field, value);

    public override JsonNode? FromTexts(Field field, IReadOnlyList<string> texts, TypedFor typed) =>
        ((Field.Moment)field).Meant(texts) is var meant && !BlankText.Is(meant) ? JsonValue.Create(meant) : null;

    public override string TypedWords(Field field, IReadOnlyList<string> texts) =>
        FromTexts(field, texts, new TypedFor(NumberTable.Current)) is { } value ? Words(field, value) : "";

    private static string? InWords(Field.Moment field, string? bound) => bound is null ? null : Moments.Format(field.Kind, bound, field.Zone);
}
