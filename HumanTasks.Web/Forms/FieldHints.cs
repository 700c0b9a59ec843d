using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms;

/// <summary>Describes what a field expects, before it is filled in.</summary>
internal static class FieldHints
{
    public static string? Of(Field field, LimitOptions limits) => field.ReadOnly ? null : field switch
    {
        Field.Text text => OfText(text),
        Field.Number number => OfNumber(number),
        Field.Moment moment => OfMoment(moment),
        Field.MultiChoice => ReviewTexts.Get("HintSeveral"),
        Field.File file => OfFile(file, limits),
        Field.Table { MinRows: > 0 } table => ReviewTexts.Count("HintRows", table.MaxRows, table.MinRows, table.MaxRows),
        _ => null,
    };

    /// <summary>Returns when the field applies, as text; null for one that always does.</summary>
    public static string? OfCondition(Field field, Form form) => field.VisibleWhen switch
    {
        null => null,
        Condition.Compare { Op: Comparison.Eq, Value: { } value } compare when form.Find(compare.Path.Text) is { } other =>
            ReviewTexts.Get("OnlyIf", other.Label, Words(other, value)),
        _ => ReviewTexts.Get("OnlyIfOther"),
    };

    private static string? OfText(Field.Text field) => (field.MinLength, field.MaxLength) switch
    {
        (null or 0, FormReader.MaxTextLength) => null,
        (null or 0, var max) => ReviewTexts.Count("HintMaxLength", max),
        ({ } min, FormReader.MaxTextLength) => ReviewTexts.Count("HintMinLength", min),
        ({ } min, var max) when min == max => ReviewTexts.Count("HintLength", max),
        ({ } min, var max) => ReviewTexts.Count("HintLengths", max, min, max),
    };

    private static string? OfNumber(Field.Number field)
    {
        var range = Range(Number(field.Min), Number(field.Max), "HintMin", "HintMax");
        var step = field switch
        {
            { Step: { } size } when !field.Whole || size != 1 => ReviewTexts.Get("HintStep", ForPeople.Number(size)),
            { Whole: true } => ReviewTexts.Get("HintWhole"),
            _ => null,
        };
        return Join(range, step);
    }

    private static string? OfMoment(Field.Moment field)
    {
        var range = Range(Moment(field, field.Min), Moment(field, field.Max), "HintFrom", "HintUntil");
        return field.Kind == MomentKind.DateTime
            ? Join(ReviewTexts.Get("HintZone", ZoneNames.Of(field.Zone, default, CultureInfo.CurrentCulture)), range)
            : range;
    }

    private static string? Number(decimal? number) => number is { } given ? ForPeople.Number(given) : null;

    private static string? Moment(Field.Moment field, string? bound) =>
        bound is null ? null : Moments.Format(field.Kind, bound, field.Zone);

    // does not repeat the author's own help
    private static string? OfFile(Field.File field, LimitOptions limits)
    {
        var help = field.Help ?? "";
        var size = ByteSize.Of(Math.Min(field.MaxBytes ?? limits.MaxUploadBytes, limits.MaxUploadBytes));
        var kinds = field.Accept.Select(entry => entry switch
        {
            "image/*" => ReviewTexts.Get("Images"),
            "audio/*" => ReviewTexts.Get("Audio"),
            "video/*" => ReviewTexts.Get("Videos"),
            "application/pdf" => "PDF",
            _ => entry.TrimStart('.').ToUpperInvariant() is { Length: <= 5 } kind ? kind : entry,
        }).Distinct().ToArray();
        var saysSize = help.Replace('\u00a0', ' ').Contains(size, StringComparison.OrdinalIgnoreCase);
        var saysKinds = field.Accept.Count == 0
            || kinds.Any(kind => help.Contains(kind, StringComparison.OrdinalIgnoreCase)
                || help.Contains(kind.TrimEnd('s'), StringComparison.OrdinalIgnoreCase));
        return Join(
            saysKinds ? null : ReviewTexts.Get("HintAccept", Punctuation.List(kinds)),
            field.MaxFiles > 1 ? ReviewTexts.Count("HintFiles", field.MaxFiles, field.MaxFiles, size)
            : saysSize ? null
            : ReviewTexts.Get("HintFile", size));
    }

    private static string? Range(string? min, string? max, string onlyMin, string onlyMax) => (min, max) switch
    {
        ({ } from, { } to) => ReviewTexts.Get("HintRange", from, to),
        ({ } from, null) => ReviewTexts.Get(onlyMin, from),
        (null, { } to) => ReviewTexts.Get(onlyMax, to),
        _ => null,
    };

    private static string Words(Field field, JsonNode value) => Shown.Value(field, value);

    private static string? Join(string? first, string? second) =>
        first is null ? second : second is null ? first : $"{first} {second}";
}
