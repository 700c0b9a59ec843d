using System.Globalization;

namespace HumanTasks.Core.Texts;

/// <summary>The languages in which people are addressed (BCP 47).</summary>
public static class Languages
{
    /// <summary>What everybody reads for whose language there are no texts.</summary>
    public const string Fallback = "en";

    /// <summary>The first is the fallback.</summary>
    public static IReadOnlyList<string> All { get; } = [Fallback];

    /// <summary>The language of ours that a tag asks for: the same, or the one that it is a variety of; null for none.</summary>
    public static string? Of(string? tag) => tag is null ? null
        : All.FirstOrDefault(language => tag.Equals(language, StringComparison.OrdinalIgnoreCase)
            || tag.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase));

    /// <summary>The language in which the current request is answered.</summary>
    public static string Current
    {
        get
        {
            for (var culture = CultureInfo.CurrentUICulture; culture.Name.Length > 0; culture = culture.Parent)
            {
                if (Of(culture.Name) is { } language)
                {
                    return language;
                }
            }

            return Fallback;
        }
    }

    /// <summary>In which it is written, for <c>dir</c>.</summary>
    public static string DirectionOf(string language) => CultureOf(language).TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>How its numbers and dates are written.</summary>
    public static CultureInfo CultureOf(string? language) => CultureInfo.GetCultureInfo(Of(language) ?? Fallback);
}
