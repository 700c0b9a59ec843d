namespace HumanTasks.Core.Forms;

/// <summary>Line breaks, which browsers change: a posted form has CRLF for each (HTML, form submission), and a text area LF.</summary>
public static class LineBreaks
{
    /// <summary>With each of them as a line feed.</summary>
    public static string Of(string text) => text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    public static bool AreSame(string one, string other) => Of(one) == Of(other);

    public static bool Any(string text) => text.AsSpan().ContainsAny('\r', '\n');

    /// <summary>As a browser has it in an input of one line.</summary>
    public static string Without(string text) =>
        Any(text) ? text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal) : text;
}
