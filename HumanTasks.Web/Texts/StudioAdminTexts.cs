using HumanTasks.Core.Texts;

namespace HumanTasks.Web.Texts;

/// <summary>
/// What those who run the Studio read, from <c>StudioAdminTexts.resx</c> in English and <c>StudioAdminTexts.de.resx</c> in
/// German: overview, runs, rule sets, deliveries and branding. Whoever speaks another language reads English.
/// </summary>
internal static class StudioAdminTexts
{
    private const string German = "de";

    public static TextResources Resources { get; } = new(typeof(StudioAdminTexts));

    private static string Language => LanguageFor(RequestLanguage.OfPage);

    /// <summary>The language in which a reader of another one finds these pages.</summary>
    public static string LanguageFor(string language) => language == German ? German : Languages.Fallback;

    public static string Get(string name) => Resources.Get(Language, name);

    public static string Get(string name, params ReadOnlySpan<object> values) => string.Format(StudioTexts.Culture, Get(name), values);

    public static string Count(string name, long number, params ReadOnlySpan<object> more) =>
        string.Format(StudioTexts.Culture, Resources.Count(Language, name, number), [number, .. more]);
}
