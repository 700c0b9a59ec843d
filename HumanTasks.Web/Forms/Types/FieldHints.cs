using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

/// <summary>Parts of what a field expects, in words.</summary>
internal static class FieldHints
{
    /// <summary>When the field matters, in words; null for one that always does.</summary>
    public static string? OfCondition(Field field, Form form) => field.VisibleWhen switch
    {
        null => null,
        Condition.Compare { Op: Comparison.Eq, Value: { } value } compare when form.Find(compare.Path.Text) is { } other =>
            ReviewTexts.Get("OnlyIf", Isolates.Around(other.Label), Isolates.Around(FieldFaces.Words(other, value))),
        _ => ReviewTexts.Get("OnlyIfOther"),
    };

    public static string? Range(string? min, string? max, string onlyMin, string onlyMax) => (min, max) switch
    {
        ({ } from, { } to) => ReviewTexts.Get("HintRange", Isolates.Around(from), Isolates.Around(to)),
        ({ } from, null) => ReviewTexts.Get(onlyMin, Isolates.Around(from)),
        (null, { } to) => ReviewTexts.Get(onlyMax, Isolates.Around(to)),
        _ => null,
    };

    public static string? Join(string? first, string? second) =>
        first is null ? second : second is null ? first : $"{first}{Punctuation.BetweenSentences}{second}";
}
