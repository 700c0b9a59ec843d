using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace HumanTasks.Core.Reading;

/// <summary>
/// Finds what is JSON by its grammar but no text (RFC 8259, section 8), and makes a reader throw that is asked for it:
/// bytes that are not UTF-8, and halves of surrogate pairs such as <c>"\ud800"</c>.
/// </summary>
public static class WholeText
{
    /// <summary>Whether every character of a well-formed JSON document is a whole one, written out or escaped.</summary>
    public static bool Is(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        while (json.IndexOf((byte)'\\') is var at and >= 0)
        {
            json = json[at..];
            if (Unit(json) is not { } unit)
            {
                json = json[Math.Min(2, json.Length)..];
                continue;
            }

            json = json[6..];
            if (char.IsLowSurrogate(unit))
            {
                return false;
            }

            if (char.IsHighSurrogate(unit))
            {
                if (Unit(json) is not { } low || !char.IsLowSurrogate(low))
                {
                    return false;
                }

                json = json[6..];
            }
        }

        return true;
    }

    /// <summary>A text in which no half of a surrogate pair is left: U+FFFD stands for each.</summary>
    public static string Mended(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static char? Unit(ReadOnlySpan<byte> json) =>
        json.Length >= 6 && json.StartsWith("\\u"u8)
        && ushort.TryParse(json[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
