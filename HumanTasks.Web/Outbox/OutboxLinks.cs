using System.Text.RegularExpressions;

namespace HumanTasks.Web.Outbox;

/// <summary>The links to people's pages in the text of a mail.</summary>
internal static partial class OutboxLinks
{
    public static string? First(string text) => Pattern().Match(text) is { Success: true } match ? match.Value : null;

    [GeneratedRegex("""https?://[^\s<>()"]+/(review|task)/[A-Za-z0-9_-]+""")]
    private static partial Regex Pattern();
}
