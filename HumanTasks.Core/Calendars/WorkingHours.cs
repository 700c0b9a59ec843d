using System.Text.Json.Serialization;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Calendars;

/// <summary>
/// The hours of a week in which time counts, on the clock of a place. Where that clock jumps, what really passes counts: a
/// day with the hour that is left out is an hour shorter.
/// </summary>
public sealed record WorkingHours
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<DayOfWeek> Days { get; init; }

    /// <summary>Minutes after midnight, 0 to 1439.</summary>
    public required int From { get; init; }

    /// <summary>Minutes after midnight, above <see cref="From"/> and at most 1440.</summary>
    public required int To { get; init; }

    /// <summary>The IANA time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Days on which nobody works.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>In minutes, on the clock.</summary>
    public const int DayLength = 24 * 60;

    private const int MaxDays = 366 * 20; // a calendar with nothing but holidays ends somewhere

    [JsonIgnore]
    private TimeZoneInfo Zone => Moments.ZoneOf(TimeZone);

    /// <summary>The moment at which this much working time has passed; with none left, the moment itself.</summary>
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

    /// <summary>The latest moment from which this much working time passes until then.</summary>
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

    /// <summary>How much working time passes between two moments.</summary>
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

    /// <summary>The stretches of working time of the days from a moment's day on, or back from it.</summary>
    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> DaysFrom(DateTimeOffset moment, int step)
    {
        var zone = Zone;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime).AddDays(-step); // its stretch may reach over
        for (var i = 0; i < MaxDays; i++, day = day.AddDays(step))
        {
            if (Days.Contains(day.DayOfWeek) && !Holidays.Contains(day))
            {
                var opens = At(day, From, zone, first: true);
                var closes = At(day, To, zone, first: To == DayLength); // where midnight is there twice, the first is the next day's
                if (closes > opens)
                {
                    yield return (opens, closes);
                }
            }
        }
    }

    /// <summary>When a clock stands there; the first moment after it where the clock jumps over it.</summary>
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
