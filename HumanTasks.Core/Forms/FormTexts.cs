using System.Globalization;
using System.Resources;

namespace HumanTasks.Core.Forms;

/// <summary>The messages of form validation, from <c>FormTexts.resx</c>, in <see cref="CultureInfo.CurrentUICulture"/>.</summary>
internal static class FormTexts
{
    private static readonly ResourceManager Resources = new(typeof(FormTexts));

    public static string Get(string name) =>
        Resources.GetString(name, CultureInfo.CurrentUICulture)
        ?? throw new InvalidOperationException($"FormTexts.resx has no text '{name}'.");

    public static string Get(string name, params ReadOnlySpan<object> values) =>
        string.Format(CultureInfo.CurrentCulture, Get(name), values);
}
