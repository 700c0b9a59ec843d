using System.Globalization;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>
/// The messages of form validation, from <c>FormTexts.resx</c> and its translations, in the language of the current
/// request.
/// </summary>
internal static class FormTexts
{
    public static TextResources Resources { get; } = new(typeof(FormTexts));

    public static string Get(string name) => Resources.Get(Languages.Current, name);

    public static string Get(string name, params ReadOnlySpan<object> values) =>
        string.Format(CultureInfo.CurrentCulture, Get(name), Isolates.AroundTexts(values));

    /// <summary>Returns the message for too few or too many items.</summary>
    public static string Count(string name, string label, int count) =>
        string.Format(CultureInfo.CurrentCulture, Resources.Count(Languages.Current, name, count), Isolates.Around(label), count);
}
