using System.Globalization;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>Dates, times of day and moments as forms exchange them: ISO 8601, moments in UTC (RFC 3339).</summary>
public static class Moments
{
    private static readonly string[] TimeFormats = ["HH:mm", "HH:mm:ss"];

    private static readonly string[] LocalFormats =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private static readonly string[] MomentFormats =
    [
        "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm'Z'",
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    /// <summary>
    /// The value in the one way in which it is stored, which sorts: <c>2026-11-22</c>, <c>14:30:00</c>,
    /// <c>2026-11-22T14:30:00Z</c>.
    /// </summary>
    /// <param name="kind">What the text should be.</param>
    /// <param name="text">A moment without an offset, as a browser sends it, is one of the zone.</param>
    /// <param name="zone">Of such a moment. The hour that is there twice is the first; one that is left out is none.</param>
    /// <param name="normal">The normal form, or the text.</param>
    public static bool TryNormalize(MomentKind kind, string text, TimeZoneInfo zone, out string normal)
    {
        var invariant = CultureInfo.InvariantCulture;
        normal = text;
        switch (kind)
        {
            case MomentKind.Date:
                return DateOnly.TryParseExact(text, "yyyy-MM-dd", invariant, DateTimeStyles.None, out _);
            case MomentKind.Time:
                if (!TimeOnly.TryParseExact(text, TimeFormats, invariant, DateTimeStyles.None, out var time))
                {
                    return false;
                }

                normal = time.ToString("HH:mm:ss", invariant);
                return true;
            default:
                if (TryMoment(text, zone) is not { } moment)
                {
                    return false;
                }

                normal = moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", invariant);
                return true;
        }
    }

    /// <summary>For people, by <see cref="CultureInfo.CurrentCulture"/>; moments in a zone that is named. A text that is none stays as it is.</summary>
    public static string Format(MomentKind kind, string text, TimeZoneInfo zone)
    {
        if (!TryNormalize(kind, text, zone, out var normal))
        {
            return text;
        }

        var culture = CultureInfo.CurrentCulture;
        return kind switch
        {
            MomentKind.Date => ForPeople.Date(normal, culture)!,
            MomentKind.Time => normal.EndsWith(":00", StringComparison.Ordinal) ? normal[..^3] : normal,
            _ => ForPeople.Moment(DateTimeOffset.Parse(normal, CultureInfo.InvariantCulture), zone, culture),
        };
    }

    /// <summary>A moment in its normal form as a clock of the zone shows it, without an offset, as inputs of browsers take it.</summary>
    public static string ToLocal(string normal, TimeZoneInfo zone) => TimeZoneInfo
        .ConvertTime(DateTimeOffset.Parse(normal, CultureInfo.InvariantCulture), zone)
        .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    public static string NameOf(TimeZoneInfo zone) => ForPeople.NameOf(zone);

    /// <summary>Whether this machine knows the IANA time zone.</summary>
    public static bool IsTimeZone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    /// <summary>The IANA time zone; UTC for none and for one that this machine does not know any more.</summary>
    public static TimeZoneInfo ZoneOf(string? id) =>
        id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public static string Example(MomentKind kind) => kind switch
    {
        MomentKind.Date => "date such as 2026-11-22",
        MomentKind.Time => "time such as 14:30",
        _ => "date and time such as 2026-11-22T14:30:00Z",
    };

    private static DateTimeOffset? TryMoment(string text, TimeZoneInfo zone)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (!DateTime.TryParseExact(text, LocalFormats, invariant, DateTimeStyles.None, out var local))
        {
            return DateTimeOffset.TryParseExact(text, MomentFormats, invariant, DateTimeStyles.AssumeUniversal, out var moment)
                ? moment
                : null;
        }

        if (zone.IsInvalidTime(local))
        {
            return null;
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
    }
}
