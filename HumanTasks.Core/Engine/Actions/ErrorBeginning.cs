using System.Globalization;
using System.Text.RegularExpressions;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>The beginning of a failed answer, as a run keeps it.</summary>
internal static partial class ErrorBeginning
{
    /// <summary>
    /// Returns the beginning with secrets hidden. They are hidden before it is cut, so that none is cut in two, and also
    /// where JSON escapes a part of them.
    /// </summary>
    public static string Of(string body, params ReadOnlySpan<SecretMask> masks)
    {
        var (plain, shown) = (Escape().Replace(body, Unescaped), body);
        var hidden = plain;
        foreach (var mask in masks)
        {
            hidden = mask.Text(hidden);
            shown = mask.Text(shown);
        }

        return CallAttempt.Beginning(hidden == plain ? shown : hidden);
    }

    private static string Unescaped(Match escape) => escape.Groups["hex"] is { Success: true } hex
        ? ((char)int.Parse(hex.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        : escape.Value[1..];

    [GeneratedRegex("""\\u(?<hex>[0-9a-fA-F]{4})|\\["\\/]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
