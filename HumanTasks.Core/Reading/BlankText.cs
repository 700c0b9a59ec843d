using System.Text.RegularExpressions;

namespace HumanTasks.Core.Reading;

/// <summary>
/// Texts without visible characters: empty, or only white space and characters without a width (the Unicode properties
/// <c>White_Space</c> and <c>Default_Ignorable_Code_Point</c>).
/// </summary>
public static partial class BlankText
{
    /// <summary>
    /// The characters of the basic plane as a regular expression class, with the same meaning in .NET, JavaScript and
    /// JSON Schema.
    /// </summary>
    public const string Characters =
        @"\u0009-\u000D\u0020\u0085\u00A0\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F"
        + @"\u205F-\u206F\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8";

    // U+1BCA0 to U+1BCA3, U+1D173 to U+1D17A and U+E0000 to U+E0FFF in UTF-16
    private const string Pairs = @"\uD82F[\uDCA0-\uDCA3]|\uD834[\uDD73-\uDD7A]|[\uDB40-\uDB43][\uDC00-\uDFFF]";

    public static bool Is(string text) => Pattern().IsMatch(text);

    [GeneratedRegex($@"\A(?:[{Characters}]|{Pairs})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
