using System.Collections.Concurrent;
using System.Globalization;

namespace HumanTasks.Core.Texts;

/// <summary>The languages in which people are addressed (BCP 47).</summary>
public static class Languages
{
    /// <summary>What everybody reads for whose language there are no texts.</summary>
    public const string Fallback = "en";

    /// <summary>The first is the fallback.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Fallback, "de", "fr", "es", "it", "nl", "pl", "pt", "ja", "zh-Hans", "ar"];

    /// <summary>The language of ours that a tag asks for: the same, or the one that it is a variety of; null for none.</summary>
    public static string? Of(string? tag) => tag is null ? null
        : All.FirstOrDefault(language => IsOrIsOf(tag, language)) ?? (SimplifiedChinese.Any(known => IsOrIsOf(tag, known)) ? "zh-Hans" : null);

    private static bool IsOrIsOf(string tag, string language) =>
        tag.Equals(language, StringComparison.OrdinalIgnoreCase)
        || (language != "zh" && tag.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase));

    private static readonly string[] SimplifiedChinese = ["zh", "zh-CN", "zh-SG", "zh-MY"];

    private static readonly CultureInfo Arabic = WithLatinDigits("ar");

    /// <summary>The language in which the current request is answered.</summary>
    public static string Current => OfCultures.GetOrAdd(CultureInfo.CurrentUICulture.Name, static name => Of(name) ?? Fallback);

    private static readonly ConcurrentDictionary<string, string> OfCultures = new(StringComparer.Ordinal);

    /// <summary>Of texts by their languages the one for a reader: their own, the fallback's, or what there is; null where there is none.</summary>
    public static string? Choose(IReadOnlyDictionary<string, string> texts, string language) =>
        texts.GetValueOrDefault(language) ?? texts.GetValueOrDefault(Fallback) ?? texts.Values.FirstOrDefault();

    /// <summary>In which it is written, for <c>dir</c>.</summary>
    public static string DirectionOf(string language) => CultureOf(language).TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>How its numbers and dates are written.</summary>
    public static CultureInfo CultureOf(string? language) =>
        Of(language) is "ar" ? Arabic : CultureInfo.GetCultureInfo(Of(language) ?? Fallback);

    /// <summary>How a day is written, as a format of the culture.</summary>
    public static string DayFormatOf(CultureInfo culture) => culture.TwoLetterISOLanguageName switch
    {
        "de" => "d. MMMM yyyy",
        "es" or "pt" => "d 'de' MMMM 'de' yyyy",
        "ja" or "zh" => "yyyy年M月d日",
        _ => "d MMMM yyyy",
    };

    /// <summary>Digits are the ones that are typed here, and separators go with them.</summary>
    private static CultureInfo WithLatinDigits(string name)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.NumberFormat = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        culture.NumberFormat.PercentPositivePattern = 1; // without a space
        culture.DateTimeFormat.Calendar = new GregorianCalendar();
        return CultureInfo.ReadOnly(culture);
    }
}
