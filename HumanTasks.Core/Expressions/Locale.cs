using System.Globalization;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Expressions;

/// <summary>The language and time zone in which values are formatted.</summary>
/// <param name="Culture">The culture for numbers and dates.</param>
/// <param name="Zone">The time zone for moments with the format <c>dateTime</c>.</param>
public sealed record Locale(CultureInfo Culture, TimeZoneInfo Zone)
{
    /// <summary>English and UTC.</summary>
    public static Locale Usual { get; } = new(Languages.CultureOf(Languages.Fallback), TimeZoneInfo.Utc);

    /// <summary>Returns the same zone in another language; unchanged for an unknown language.</summary>
    public Locale In(string? language) => Languages.Of(language) is { } known ? this with { Culture = Languages.CultureOf(known) } : this;
}
