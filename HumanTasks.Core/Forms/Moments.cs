using System.Globalization;

namespace HumanTasks.Core.Forms;

/// <summary>Dates, times of day and moments as forms exchange them: ISO 8601, moments in UTC (RFC 3339).</summary>
public static class Moments
{
    private static readonly string[] TimeFormats = ["HH:mm", "HH:mm:ss"];

    private static readonly string[] MomentFormats =
    [
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>
    /// The value in the one way in which it is stored, which sorts: <c>2026-11-22</c>, <c>14:30:00</c>,
    /// <c>2026-11-22T14:30:00Z</c>. A moment without an offset, as a browser sends it, is taken as UTC.
    /// </summary>
    public static bool TryNormalize(MomentKind kind, string text, out string normal)
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
                if (!DateTimeOffset.TryParseExact(
                    text, MomentFormats, invariant, DateTimeStyles.AssumeUniversal, out var moment))
                {
                    return false;
                }

                normal = moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", invariant);
                return true;
        }
    }

    public static string Example(MomentKind kind) => kind switch
    {
        MomentKind.Date => "date such as 2026-11-22",
        MomentKind.Time => "time such as 14:30",
        _ => "date and time such as 2026-11-22T14:30:00Z",
    };
}
