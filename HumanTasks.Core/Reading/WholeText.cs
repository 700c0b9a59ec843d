using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace HumanTasks.Core.Reading;

/// <summary>
/// Finds JSON that is grammatical but not valid text (RFC 8259, section 8), such as invalid UTF-8 or the unpaired
/// surrogate <c>"\ud800"</c>. Reading such strings would throw.
/// </summary>
public static class WholeText
{
    /// <summary>
    /// Returns whether a well-formed JSON document contains only complete characters, literal or escaped.
    /// </summary>
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

    /// <summary>Replaces each unpaired surrogate in a text with U+FFFD.</summary>
    public static string Mended(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static char? Unit(ReadOnlySpan<byte> json) =>
        json.Length >= 6 && json.StartsWith("\\u"u8)
        && ushort.TryParse(json[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
