using HumanTasks.Core.Calendars;
using HumanTasks.Core.Forms;

namespace HumanTasks.Tests.Calendars;

/// <summary>What holds for working time whatever the calendar: many of them made up, in zones whose clocks jump.</summary>
public sealed class TimeAtWork
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu", "America/Santiago",
        "Africa/Casablanca", "Pacific/Apia", "Asia/Tokyo", "Atlantic/Azores", "Asia/Beirut",
    ];

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var zone in Zones)
        {
            cases.Add(zone, zone.Length * 7919);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_added_is_what_lies_between_and_can_be_taken_away_again(string zone, int seed) => Each(zone, seed, (hours, start, time) =>
    {
        var end = hours.Add(start, time);

        Assert.Equal(time, hours.Between(start, end));
        Assert.Equal(time, hours.Between(hours.Subtract(end, time), end));
        Assert.Equal(end, hours.Add(hours.Subtract(end, time), time));
        Assert.True(hours.Subtract(end, time) >= start);
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_times_after_each_other_are_their_sum_and_more_time_ends_later(string zone, int seed) => Each(zone, seed, (hours, start, time) =>
    {
        var half = time / 3;

        Assert.Equal(hours.Add(start, time), hours.Add(hours.Add(start, half), time - half));
        Assert.True(hours.Add(start, half) < hours.Add(start, time));
        Assert.True(hours.Add(start.AddHours(1), time) >= hours.Add(start, time));
        Assert.True(hours.Add(start, time) - start >= time);
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Time_ends_on_a_working_day_within_its_hours_on_the_clock_there(string zone, int seed) => Each(zone, seed, (hours, start, time) =>
    {
        var local = TimeZoneInfo.ConvertTime(hours.Add(start, time) - TimeSpan.FromTicks(1), Moments.ZoneOf(zone));

        Assert.Contains(local.DayOfWeek, hours.Days);
        Assert.DoesNotContain(DateOnly.FromDateTime(local.DateTime), hours.Holidays);
        Assert.InRange(local.TimeOfDay.TotalMinutes, hours.From, hours.To);
    }, edges: false);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Counting_minute_by_minute_comes_to_the_same(string zone, int seed) => Each(
        zone,
        seed,
        (hours, start, _) =>
        {
            var there = Moments.ZoneOf(zone);
            var counted = 0;
            var at = start;
            for (; at < start.AddDays(4); at = at.AddMinutes(1))
            {
                var local = TimeZoneInfo.ConvertTime(at, there);
                counted += hours.Days.Contains(local.DayOfWeek) && !hours.Holidays.Contains(DateOnly.FromDateTime(local.DateTime))
                    && local.TimeOfDay.TotalMinutes >= hours.From && local.TimeOfDay.TotalMinutes < hours.To ? 1 : 0;
            }

            Assert.Equal(counted, hours.Between(start, at).TotalMinutes);
        },
        cases: 12,
        edges: false);

    [Fact]
    public void The_day_on_which_a_clock_goes_forward_is_an_hour_shorter_and_back_an_hour_longer()
    {
        var always = new WorkingHours { Days = Enum.GetValues<DayOfWeek>(), From = 0, To = WorkingHours.DayLength, TimeZone = "Europe/Berlin" };
        var spring = new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.FromHours(1));
        var autumn = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.FromHours(2));

        Assert.Equal(TimeSpan.FromHours(23), always.Between(spring, new DateTimeOffset(2026, 3, 30, 0, 0, 0, TimeSpan.FromHours(2))));
        Assert.Equal(TimeSpan.FromHours(25), always.Between(autumn, new DateTimeOffset(2026, 10, 26, 0, 0, 0, TimeSpan.FromHours(1))));
    }

    [Fact]
    public void Office_hours_stay_office_hours_across_the_change_of_the_clock()
    {
        var office = new WorkingHours
        {
            Days = [DayOfWeek.Monday, DayOfWeek.Friday],
            From = 9 * 60,
            To = 17 * 60,
            TimeZone = "Europe/Berlin",
        };
        var friday = new DateTimeOffset(2026, 3, 27, 16, 0, 0, TimeSpan.FromHours(1));

        Assert.Equal(new DateTimeOffset(2026, 3, 30, 10, 0, 0, TimeSpan.FromHours(2)), office.Add(friday, TimeSpan.FromHours(2)));
    }

    [Fact]
    public void A_calendar_of_nothing_but_holidays_ends()
    {
        var never = new WorkingHours
        {
            Days = [DayOfWeek.Monday],
            From = 0,
            To = 60,
            TimeZone = "UTC",
            Holidays = [.. Enumerable.Range(0, 2000).Select(week => new DateOnly(2026, 1, 5).AddDays(7 * week))],
        };

        Assert.True(never.Add(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1)) > DateTimeOffset.UnixEpoch);
    }

    private static void Each(
        string zone, int seed, Action<WorkingHours, DateTimeOffset, TimeSpan> holds, int cases = 150, bool edges = true)
    {
        var random = new Random(seed);
        for (var i = 0; i < cases; i++)
        {
            var from = random.Next(edges ? 0 : 5 * 60, WorkingHours.DayLength - 1); // clocks jump in the night
            var days = Enum.GetValues<DayOfWeek>().Where(_ => random.Next(2) == 0).ToArray();
            var (year, month) = (2026, edges ? random.Next(1, 13) : (int[])[3, 4, 9, 10, 11] is var months ? months[random.Next(5)] : 1);
            var hours = new WorkingHours
            {
                Days = days.Length > 0 ? days : [DayOfWeek.Sunday],
                From = random.Next(3) == 0 ? 0 : from,
                To = random.Next(3) == 0 ? WorkingHours.DayLength : random.Next(from + 1, WorkingHours.DayLength + 1),
                TimeZone = zone,
                Holidays = [.. Enumerable.Range(0, 5).Select(_ => new DateOnly(year, 1, 1).AddDays(random.Next(365)))],
            };
            var start = new DateTimeOffset(year, month, random.Next(1, 29), random.Next(24), random.Next(60), 0, TimeSpan.Zero);
            holds(hours, start, TimeSpan.FromMinutes(random.Next(1, 60 * 60)));
        }
    }
}
