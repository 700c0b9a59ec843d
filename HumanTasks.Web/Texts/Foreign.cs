namespace HumanTasks.Web.Texts;

/// <summary>What stands in <c>lang</c> of a text among others.</summary>
internal static class Foreign
{
    /// <summary>A text's language where it is another one than that around it; null, and so no attribute, where it is the same or unknown.</summary>
    /// <param name="language">The text's; null where its author named none.</param>
    /// <param name="around">The language around it; the page's own without it.</param>
    public static string? Of(string? language, string? around = null) =>
        language == (around ?? RequestLanguage.OfPage) ? null : language;
}
