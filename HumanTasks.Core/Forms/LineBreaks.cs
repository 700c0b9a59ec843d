namespace HumanTasks.Core.Forms;

/// <summary>
/// Line breaks, which browsers change: a posted form contains CRLF (HTML, form submission), a text area LF.
/// </summary>
public static class LineBreaks
{
    /// <summary>Returns the text with every line break as a line feed.</summary>
    public static string Of(string text) => text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    public static bool AreSame(string one, string other) => Of(one) == Of(other);

    public static bool Any(string text) => text.AsSpan().ContainsAny('\r', '\n');

    /// <summary>Returns the text as a browser shows it in a single-line input.</summary>
    public static string Without(string text) =>
        Any(text) ? text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal) : text;
}
