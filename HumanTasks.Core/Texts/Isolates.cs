using System.Text.RegularExpressions;

namespace HumanTasks.Core.Texts;

/// <summary>
/// Sets what somebody wrote apart from the direction of the text around it, by the characters of UAX #9: what is written in
/// Hebrew leaves the order of an English sentence as it is.
/// </summary>
public static partial class Isolates
{
    private const char First = '\u2068'; // FIRST STRONG ISOLATE
    private const char Pop = '\u2069'; // POP DIRECTIONAL ISOLATE

    /// <summary>The text between isolates. What it brought of its own is taken out: it could end ours.</summary>
    public static string Around(string text) => $"{First}{Without(text)}{Pop}";

    /// <summary>Values with each text among them between isolates.</summary>
    public static object[] AroundTexts(ReadOnlySpan<object> values)
    {
        var isolated = values.ToArray();
        for (var i = 0; i < isolated.Length; i++)
        {
            isolated[i] = isolated[i] is string text ? Around(text) : isolated[i];
        }

        return isolated;
    }

    /// <summary>The same text without any.</summary>
    public static string Without(string text) => Own().Replace(text, "");

    /// <summary>Whether a text has an isolate.</summary>
    public static bool In(string text) => text.Contains(First, StringComparison.Ordinal);

    /// <summary>HTML in which each isolate is a <c>bdi</c> element.</summary>
    /// <param name="html">Balanced, as <see cref="Around"/> makes it.</param>
    /// <param name="languageOf">The language of an encoded text, where it is another one than the document's; else null.</param>
    public static string ToHtml(string html, Func<string, string?> languageOf) => Pair().Replace(html, match =>
    {
        var text = match.Groups[1].Value;
        var opens = languageOf(text) is { } language ? $"<bdi lang=\"{language}\">" : "<bdi>";
        return $"{opens}{Paragraph().Replace(text, between => $"</bdi>{between.Value}{opens}")}</bdi>"; // an element ends with its paragraph
    });

    [GeneratedRegex("[\u2066-\u2069]")]
    private static partial Regex Own();

    [GeneratedRegex(@"</p>\s*<p>")]
    private static partial Regex Paragraph();

    [GeneratedRegex("\u2068([^\u2066-\u2069]*)\u2069")]
    private static partial Regex Pair();
}
