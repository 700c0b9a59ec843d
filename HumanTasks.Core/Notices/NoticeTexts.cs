using System.Globalization;
using System.Resources;

namespace HumanTasks.Core.Notices;

/// <summary>What mails and cards say, from <c>NoticeTexts.resx</c> and its translations, in the language of one reader.</summary>
internal sealed class NoticeTexts(CultureInfo culture)
{
    private static readonly ResourceManager Resources = new(typeof(NoticeTexts));

    public CultureInfo Culture => culture;

    public string this[string name] => Resources.GetString(name, culture)
        ?? throw new InvalidOperationException($"NoticeTexts.resx has no text '{name}'.");

    public string Get(string name, params ReadOnlySpan<object> values) => string.Format(culture, this[name], values);
}
