using HumanTasks.Core.Texts;
using Microsoft.AspNetCore.Components;

namespace HumanTasks.Web.Texts;

/// <summary>
/// The texts for operators of the Studio, from <c>StudioAdminTexts.resx</c> in English and
/// <c>StudioAdminTexts.de.resx</c> in German: overview, runs, rule sets, deliveries and branding. Members with other
/// languages see English.
/// </summary>
internal static class StudioAdminTexts
{
    private const string German = "de";

    public static TextResources Resources { get; } = new(typeof(StudioAdminTexts));

    private static string Language => LanguageFor(RequestLanguage.OfPage);

    /// <summary>Returns the language of these pages for a member's language.</summary>
    public static string LanguageFor(string language) => language == German ? German : Languages.Fallback;

    public static string Get(string name) => Resources.Get(Language, name);

    public static string Get(string name, params ReadOnlySpan<object> values) => string.Format(StudioTexts.Culture, Get(name), values);

    /// <summary>A text with what people wrote in it, each isolated from the direction of the text around it.</summary>
    public static MarkupString Around(string name, params ReadOnlySpan<string> values) => Isolated.Around(StudioTexts.Culture, Get(name), values);

    public static string Count(string name, long number, params ReadOnlySpan<object> more) =>
        string.Format(StudioTexts.Culture, Resources.Count(Language, name, number), [number, .. more]);
}
