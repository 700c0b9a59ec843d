using System.Globalization;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>Dates, times of day and moments as forms exchange them: ISO 8601, with moments in UTC (RFC 3339).</summary>
public static class Moments
{
    private static readonly string[] TimeFormats = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    /// <summary>
    /// Normalizes a value to its stored notation: <c>2026-11-22</c>, <c>14:30:00</c>, <c>2026-11-22T14:30:00Z</c>, with
    /// fractions of a second if present. Returns false if the text is invalid.
    /// </summary>
    /// <param name="kind">The kind of value.</param>
    /// <param name="text">The text. A moment without an offset, as browsers send it, is in the zone.</param>
    /// <param name="zone">
    /// The zone of such a moment. An ambiguous time is the first of the two; a skipped time is invalid.
    /// </param>
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

                normal = time.ToString("HH:mm:ss.FFFFFFF", invariant);
                return true;
            default:
                if (TryMoment(text, zone) is not { } moment)
                {
                    return false;
                }

                normal = Instants.Write(moment);
                return true;
        }
    }

    /// <summary>Compares two values in normal form.</summary>
    public static int Compare(MomentKind kind, string one, string other) => kind == MomentKind.DateTime
        ? Instants.TryRead(one)!.Value.CompareTo(Instants.TryRead(other)!.Value)
        : string.CompareOrdinal(one, other);

    /// <summary>
    /// Converts a normal form for a browser input: local time of the zone without an offset, in seconds, or in minutes
    /// if the seconds are zero.
    /// </summary>
    public static string ForInput(MomentKind kind, string normal, TimeZoneInfo zone)
    {
        if (kind == MomentKind.Date)
        {
            return normal;
        }

        var seconds = kind == MomentKind.DateTime ? ToLocal(normal, zone) : normal.Split('.')[0];
        return seconds.EndsWith(":00", StringComparison.Ordinal) ? seconds[..^3] : seconds;
    }

    /// <summary>
    /// Formats a value for people by <see cref="CultureInfo.CurrentCulture"/>, moments with the name of the zone. An
    /// invalid text is unchanged.
    /// </summary>
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
            MomentKind.Time => ForInput(kind, normal, zone),
            _ => ForPeople.Moment(DateTimeOffset.Parse(normal, CultureInfo.InvariantCulture), zone, culture),
        };
    }

    private static string ToLocal(string normal, TimeZoneInfo zone) => TimeZoneInfo
        .ConvertTime(DateTimeOffset.Parse(normal, CultureInfo.InvariantCulture), zone)
        .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Returns whether this machine knows the IANA time zone.</summary>
    public static bool IsTimeZone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    /// <summary>Returns the IANA time zone; UTC for null or for a zone that this machine does not know.</summary>
    public static TimeZoneInfo ZoneOf(string? id) =>
        id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public static string Example(MomentKind kind) => kind switch
    {
        MomentKind.Date => "date such as 2026-11-22",
        MomentKind.Time => "time such as 14:30",
        _ => "date and time such as 2026-11-22T14:30:00Z",
    };

    private static DateTime? TryMoment(string text, TimeZoneInfo zone)
    {
        if (Instants.TryReadClock(text) is not { } local)
        {
            return Instants.TryRead(text);
        }

        if (zone.IsInvalidTime(local))
        {
            return null;
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
    }
}
