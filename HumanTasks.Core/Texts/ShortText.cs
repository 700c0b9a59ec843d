namespace HumanTasks.Core.Texts;

/// <summary>Texts that are no longer than where they stand has room for.</summary>
public static class ShortText
{
    /// <summary>A text of at most so many characters; a longer one ends in an ellipsis, and never in half of a character.</summary>
    public static string Cut(string text, int max) => text.Length <= max
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1), "…");
}
