using System.Text.RegularExpressions;

namespace HumanTasks.Web.Outbox;

/// <summary>Finds the links to task pages in the text of an email.</summary>
internal static partial class OutboxLinks
{
    public static string? First(string text) => Pattern().Match(text) is { Success: true } match ? match.Value : null;

    // bounded, so that a text full of addresses is read in linear time
    [GeneratedRegex("""https?://[^\s<>()"/]{1,255}(/[^\s<>()"/]{1,100}){0,5}?/(review|task)/[A-Za-z0-9_-]{1,300}""")]
    private static partial Regex Pattern();
}
