using System.Collections.Concurrent;
using System.Globalization;

namespace HumanTasks.Core.Texts;

/// <summary>The languages of the product (BCP 47).</summary>
public static class Languages
{
    /// <summary>The language for readers whose own language is not supported.</summary>
    public const string Fallback = "en";

    /// <summary>All languages, starting with the fallback.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Fallback, "de", "fr", "es", "it", "nl", "pl", "pt", "ja", "zh-Hans", "ar"];

    /// <summary>
    /// Returns the supported language for a tag, including its regional variants; null if unsupported.
    /// </summary>
    public static string? Of(string? tag) => tag is null ? null
        : All.FirstOrDefault(language => IsOrIsOf(tag, language)) ?? (SimplifiedChinese.Any(known => IsOrIsOf(tag, known)) ? "zh-Hans" : null);

    private static bool IsOrIsOf(string tag, string language) =>
        tag.Equals(language, StringComparison.OrdinalIgnoreCase)
        || (language != "zh" && tag.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase));

    private static readonly string[] SimplifiedChinese = ["zh", "zh-CN", "zh-SG", "zh-MY"];

    private static readonly CultureInfo Arabic = WithLatinDigits("ar");

    /// <summary>The language of the current response.</summary>
    public static string Current => OfCultures.GetOrAdd(CultureInfo.CurrentUICulture.Name, static name => Of(name) ?? Fallback);

    private static readonly ConcurrentDictionary<string, string> OfCultures = new(StringComparer.Ordinal);

    /// <summary>
    /// Chooses a text for a reader: in their language, else in the fallback, else any text; null if there is none.
    /// </summary>
    public static SpokenText? Choose(IReadOnlyDictionary<string, string> texts, string language)
    {
        var chosen = texts.ContainsKey(language) ? language : texts.ContainsKey(Fallback) ? Fallback : texts.Keys.FirstOrDefault();
        return chosen is null ? null : new SpokenText(texts[chosen], chosen);
    }

    /// <summary>Returns the writing direction of a language, for <c>dir</c>.</summary>
    public static string DirectionOf(string language) => CultureOf(language).TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>Returns the culture that formats numbers and dates in a language.</summary>
    public static CultureInfo CultureOf(string? language) =>
        Of(language) is "ar" ? Arabic : CultureInfo.GetCultureInfo(Of(language) ?? Fallback);

    /// <summary>Returns the format string for a date in a culture.</summary>
    public static string DayFormatOf(CultureInfo culture) => culture.TwoLetterISOLanguageName switch
    {
        "de" => "d. MMMM yyyy",
        "es" or "pt" => "d 'de' MMMM 'de' yyyy",
        "ja" or "zh" => "yyyy年M月d日",
        _ => "d MMMM yyyy",
    };

    /// <summary>Creates a culture whose digits are those that people type here, with matching separators.</summary>
    private static CultureInfo WithLatinDigits(string name)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.NumberFormat = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        culture.NumberFormat.PercentPositivePattern = 1; // no space before the sign
        culture.DateTimeFormat.Calendar = new GregorianCalendar();
        return CultureInfo.ReadOnly(culture);
    }
}
