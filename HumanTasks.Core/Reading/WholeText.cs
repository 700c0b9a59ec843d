using System.Globalization;

namespace HumanTasks.Core.Reading;

/// <summary>
/// Finds halves of surrogate pairs in JSON: <c>"\ud800"</c> is JSON by its grammar, but no text (RFC 8259, section 8.2),
/// and a reader that is asked for it throws.
/// </summary>
public static class WholeText
{
    /// <summary>Whether every escaped character of a well-formed JSON document is a whole one.</summary>
    public static bool Is(ReadOnlySpan<byte> json)
    {
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

    private static char? Unit(ReadOnlySpan<byte> json) =>
        json.Length >= 6 && json.StartsWith("\\u"u8)
        && ushort.TryParse(json[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
