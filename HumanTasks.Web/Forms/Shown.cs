using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms;

/// <summary>Formats values for people.</summary>
internal static class Shown
{
    /// <summary>Returns a value without a declared format as text.</summary>
    public static string Scalar(JsonNode? value) => value switch
    {
        JsonValue truth when truth.TryGetValue(out bool yes) => ReviewTexts.Get(yes ? "Yes" : "No"),
        _ => ForPeople.Format(value, CultureInfo.CurrentCulture),
    };

    /// <summary>Returns a value in its author's format.</summary>
    public static string Formatted(JsonNode? value, string? format) =>
        (format is null ? null : ValueFormat.Write(format, value, new Locale(CultureInfo.CurrentCulture, TimeZoneInfo.Utc))) ?? Scalar(value);

    /// <summary>Returns a time to the minute: 22 November 2026, 14:30 UTC.</summary>
    public static string Time(DateTimeOffset at) => ForPeople.Moment(at);

    /// <summary>Returns a time to the second, for machines and titles.</summary>
    public static string Exact(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Returns the remaining time, such as "in 42 minutes", rounded as people round: 47.9 hours are 2 days, not 1 and not 47
    /// hours. A script on the page rounds the same way.
    /// </summary>
    public static string TimeLeft(TimeSpan left) =>
        Rounded(left.TotalHours) >= 48 ? ReviewTexts.Count("InDays", Rounded(left.TotalDays))
        : Rounded(left.TotalMinutes) >= 120 ? ReviewTexts.Count("InHours", Rounded(left.TotalHours))
        : Rounded(left.TotalMinutes) >= 1 ? ReviewTexts.Count("InMinutes", Rounded(left.TotalMinutes))
        : ReviewTexts.Get("InAMoment");

    private static long Rounded(double number) => (long)Math.Round(number, MidpointRounding.AwayFromZero);

    /// <summary>Returns a context key as a label: <c>invoiceNumber</c> becomes "Invoice number".</summary>
    public static string Key(string key)
    {
        var label = new System.Text.StringBuilder(key.Length + 4);
        for (var i = 0; i < key.Length; i++)
        {
            var character = key[i];
            if (character is '_' or '-' or '.')
            {
                label.Append(' ');
            }
            else if (i > 0 && char.IsUpper(character) && char.IsLower(key[i - 1]))
            {
                var isWord = i + 1 >= key.Length || !char.IsUpper(key[i + 1]);
                label.Append(' ').Append(isWord ? char.ToLowerInvariant(character) : character);
            }
            else
            {
                label.Append(i == 0 ? char.ToUpperInvariant(character) : character);
            }
        }

        return label.ToString();
    }

    public static string Label(IReadOnlyList<Option> options, JsonNode? value) =>
        JsonValues.TryText(value, out var text)
            ? options.FirstOrDefault(option => option.Value == text)?.Label ?? text
            : JsonValues.Format(value);
}
