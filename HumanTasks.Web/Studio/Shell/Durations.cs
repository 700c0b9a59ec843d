using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>Durations as members read them.</summary>
internal static class Durations
{
    /// <summary>Returns a duration of a machine's work, exact below a second.</summary>
    public static string Exactly(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1 } => StudioAdminTexts.Get("LessThanMillisecond"),
        { TotalSeconds: < 1 } => StudioAdminTexts.Get("Milliseconds", (int)span.TotalMilliseconds),
        { TotalMinutes: < 1 } => StudioAdminTexts.Get("Seconds", span.TotalSeconds.ToString("0.0", StudioTexts.Culture)),
        _ => Long(span),
    };

    /// <summary>Returns a duration of people's work, to the second.</summary>
    public static string Rounded(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => StudioAdminTexts.Get("LessThanSecond"),
        { TotalMinutes: < 1 } => StudioAdminTexts.Get("Seconds", (int)span.TotalSeconds),
        _ => Long(span),
    };

    private static string Long(TimeSpan span) => span switch
    {
        { TotalHours: < 1 } => StudioAdminTexts.Get("MinutesSeconds", (int)span.TotalMinutes, span.Seconds),
        { TotalDays: < 2 } => StudioAdminTexts.Get("HoursMinutes", (int)span.TotalHours, span.Minutes),
        _ => StudioAdminTexts.Count("DaysHours", (long)span.TotalDays, span.Hours),
    };
}
