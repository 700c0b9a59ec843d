using System.Text.Json.Serialization;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Calendars;

/// <summary>
/// The weekly working hours that count, in local time of a time zone. When its clock changes, elapsed time counts: a
/// day that skips an hour is one hour shorter.
/// </summary>
public sealed record WorkingHours
{
    /// <summary>The working days, at least one.</summary>
    public required IReadOnlyList<DayOfWeek> Days { get; init; }

    /// <summary>The start in minutes after midnight, 0 to 1439.</summary>
    public required int From { get; init; }

    /// <summary>The end in minutes after midnight, later than <see cref="From"/> and at most 1440.</summary>
    public required int To { get; init; }

    /// <summary>The IANA time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The days without working hours.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>The length of a day in minutes of local time.</summary>
    public const int DayLength = 24 * 60;

    private const int MaxDays = 366 * 20; // ends the search in a calendar of nothing but holidays

    [JsonIgnore]
    private TimeZoneInfo Zone => Moments.ZoneOf(TimeZone);

    /// <summary>
    /// Returns the moment after this much working time has passed; <paramref name="start"/> if no time is left.
    /// </summary>
    public DateTimeOffset Add(DateTimeOffset start, TimeSpan time)
    {
        var left = time;
        var at = start;
        foreach (var (opens, closes) in DaysFrom(start, 1))
        {
            if (left <= TimeSpan.Zero)
            {
                return at;
            }

            at = at > opens ? at : opens;
            if (at >= closes)
            {
                continue;
            }

            if (left <= closes - at)
            {
                return at + left;
            }

            left -= closes - at;
            at = closes;
        }

        return at + left;
    }

    /// <summary>
    /// Returns the latest moment from which this much working time passes until <paramref name="end"/>.
    /// </summary>
    public DateTimeOffset Subtract(DateTimeOffset end, TimeSpan time)
    {
        var left = time;
        var at = end;
        foreach (var (opens, closes) in DaysFrom(end, -1))
        {
            if (left <= TimeSpan.Zero)
            {
                return at;
            }

            at = at < closes ? at : closes;
            if (at <= opens)
            {
                continue;
            }

            if (left <= at - opens)
            {
                return at - left;
            }

            left -= at - opens;
            at = opens;
        }

        return at - left;
    }

    /// <summary>Returns the working time between two moments.</summary>
    public TimeSpan Between(DateTimeOffset start, DateTimeOffset end)
    {
        var passed = TimeSpan.Zero;
        foreach (var (opens, closes) in DaysFrom(start, 1))
        {
            if (opens >= end)
            {
                break;
            }

            var from = opens > start ? opens : start;
            var to = closes < end ? closes : end;
            passed += to > from ? to - from : TimeSpan.Zero;
        }

        return passed;
    }

    /// <summary>Yields the working periods of each day, forward or backward from a moment's day.</summary>
    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> DaysFrom(DateTimeOffset moment, int step)
    {
        var zone = Zone;
        // The previous period may reach into this day.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime).AddDays(-step);
        for (var i = 0; i < MaxDays; i++, day = day.AddDays(step))
        {
            if (Days.Contains(day.DayOfWeek) && !Holidays.Contains(day))
            {
                var opens = At(day, From, zone, first: true);
                // If midnight occurs twice, the first belongs to the next day.
                var closes = At(day, To, zone, first: To == DayLength);
                if (closes > opens)
                {
                    yield return (opens, closes);
                }
            }
        }
    }

    /// <summary>Returns the moment of a local time, or the first valid moment after it if the clock skips it.</summary>
    private static DateTimeOffset At(DateOnly day, int minutes, TimeZoneInfo zone, bool first)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = !zone.IsAmbiguousTime(local) ? zone.GetUtcOffset(local)
            : first ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetAmbiguousTimeOffsets(local).Min();
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
