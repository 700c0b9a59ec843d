using System.Globalization;
using System.Resources;

namespace HumanTasks.Web.Texts;

/// <summary>
/// What reviewers read, from <c>ReviewTexts.resx</c> and its translations, in <see cref="CultureInfo.CurrentUICulture"/>.
/// </summary>
internal static class ReviewTexts
{
    private static readonly ResourceManager Resources = new(typeof(ReviewTexts));

    /// <summary>The languages for which there is a file of texts; the first is what everybody else reads.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en"];

    /// <summary>The language of the texts that <see cref="Get(string)"/> answers now, for <c>lang</c>.</summary>
    public static string Language =>
        Languages.FirstOrDefault(language => language == CultureInfo.CurrentUICulture.TwoLetterISOLanguageName)
        ?? Languages[0];

    public static string Get(string name) =>
        Resources.GetString(name, CultureInfo.CurrentUICulture)
        ?? throw new InvalidOperationException($"ReviewTexts.resx has no text '{name}'.");

    public static string Get(string name, params ReadOnlySpan<object> values) =>
        string.Format(CultureInfo.CurrentCulture, Get(name), values);

    /// <summary>The text for one (<c>name</c> + "One") or for many (<c>name</c> + "Many").</summary>
    public static string Count(string name, long count) => Get(count == 1 ? name + "One" : name + "Many", count);
}
