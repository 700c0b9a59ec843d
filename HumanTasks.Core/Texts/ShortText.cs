namespace HumanTasks.Core.Texts;

/// <summary>Texts shortened to the available space.</summary>
public static class ShortText
{
    /// <summary>
    /// Shortens a text to <paramref name="max"/> characters, ending in an ellipsis. Surrogate pairs stay whole.
    /// </summary>
    public static string Cut(string text, int max) => text.Length <= max
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1), "…");
}
