using System.Globalization;
using HumanTasks.Core.Texts;

namespace HumanTasks.Web.Texts;

/// <summary>
/// What reviewers read, from <c>ReviewTexts.resx</c> and its translations, in <see cref="CultureInfo.CurrentUICulture"/>.
/// </summary>
internal static class ReviewTexts
{
    public static TextResources Resources { get; } = new(typeof(ReviewTexts));

    public static string Get(string name) =>
        Resources.Get(Languages.Current, name);

    public static string Get(string name, params ReadOnlySpan<object> values) =>
        string.Format(CultureInfo.CurrentCulture, Get(name), values);

    /// <summary>The text for one (<c>name</c> + "One") or for many (<c>name</c> + "Many").</summary>
    public static string Count(string name, long count) => Get(count == 1 ? name + "One" : name + "Many", count);
}
