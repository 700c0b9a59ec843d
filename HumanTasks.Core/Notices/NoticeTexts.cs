using System.Globalization;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Notices;

/// <summary>What mails and cards say, from <c>NoticeTexts.resx</c> and its translations, in the language of one reader.</summary>
internal sealed class NoticeTexts(CultureInfo culture)
{
    public static TextResources Resources { get; } = new(typeof(NoticeTexts));

    public CultureInfo Culture => culture;

    public string this[string name] => Resources.Get(culture.Name, name);

    public string Get(string name, params ReadOnlySpan<object> values) => string.Format(culture, this[name], values);
}
