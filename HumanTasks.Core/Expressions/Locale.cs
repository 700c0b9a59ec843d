using System.Globalization;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Expressions;

/// <summary>For whom values are written.</summary>
/// <param name="Culture">How numbers and days are written.</param>
/// <param name="Zone">In which moments with the format <c>dateTime</c> are told.</param>
public sealed record Locale(CultureInfo Culture, TimeZoneInfo Zone)
{
    /// <summary>English and UTC.</summary>
    public static Locale Usual { get; } = new(Languages.CultureOf(Languages.Fallback), TimeZoneInfo.Utc);

    /// <summary>The same zone in another language; the same locale for a name that is none.</summary>
    public Locale In(string? language) => Languages.Of(language) is { } known ? this with { Culture = Languages.CultureOf(known) } : this;
}
