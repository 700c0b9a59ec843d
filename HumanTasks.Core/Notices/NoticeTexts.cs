using System.Globalization;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Notices;

/// <summary>
/// The texts of emails and cards, from <c>NoticeTexts.resx</c> and its translations, in one reader's language.
/// </summary>
internal sealed class NoticeTexts(CultureInfo culture)
{
    public static TextResources Resources { get; } = new(typeof(NoticeTexts));

    public CultureInfo Culture => culture;

    public string this[string name] => Resources.Get(culture.Name, name);

    /// <summary>Returns the text for a count, with the number as <c>{0}</c>.</summary>
    public string Count(string name, int count) => string.Format(culture, Resources.Count(culture.Name, name, count), count);

    public string Get(string name, params ReadOnlySpan<object> values) => string.Format(culture, this[name], Isolates.AroundTexts(values));
}
