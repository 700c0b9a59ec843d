using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Calendars;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>The due date, expiry, reminders, escalations and default response of a <c>humanTask</c>.</summary>
public sealed record TimingRequest
{
    private const int MaxEntries = 20;
    private const int MaxHolidays = 1000;
    private const double MaxHours = 24 * 366;

    /// <summary>The minimum interval of automatic reminders in newly saved rule sets.</summary>
    private static readonly TimeSpan LeastBetween = TimeSpan.FromMinutes(15);

    private static readonly string[] Counted = ["due", "expires", "remind", "escalate"];

    private static readonly string[] WeekDays =
        ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly HoursMember DueInHours = new("dueInHours") { Says = "Hours until it is due." };
    internal static readonly HoursMember ExpiresInHours = new("expiresInHours") { Says = "Hours until it expires; as long as the run is kept without it." };

    private static readonly ListMember BeforeDueHours = new("beforeDueHours", MaxEntries, HoursSchema) { Says = "Hours before the due date." };
    private static readonly HoursMember EveryHours = new("everyHours", MaxHours) { Says = "Hours between reminders, at least 0.25." };
    private static readonly Shape RemindShape = new("Reminders", BeforeDueHours, EveryHours);

    private static readonly ListMember RemindList = new("remind", MaxEntries, HoursSchema);
    private static readonly ObjectMember RemindObject = new("remind", RemindShape);

    private static readonly OtherMember Remind = new("remind", "7", definitions => new JsonObject
    {
        ["anyOf"] = new JsonArray(RemindList.Schema(definitions), RemindObject.Schema(definitions)),
    })
    {
        Says = "Hours before the due date at which reminders are sent, or an object with 'everyHours' and 'beforeDueHours'.",
    };

    private static readonly ListMember EscalateMember = new("escalate", MaxEntries, static definitions => definitions.Of(EscalationRequest.Shape))
    {
        OrOne = true,
        Says = "What happens when it is overdue.",
    };

    private static readonly TextsMember Days = new("days", WeekDays.Length) { MinCount = 1, Words = [.. WeekDays, .. WeekDays.Select(day => day[..3])], Says = "Monday to Friday without it." };
    private static readonly TextMember From = new("from", 5) { Required = true, Says = "Such as 09:00." };
    private static readonly TextMember To = new("to", 5) { Required = true, Says = "Such as 17:00; the end of a day is 24:00." };
    private static readonly TextMember TimeZone = new("timeZone", 100) { Required = true, Says = "An IANA time zone such as Europe/Berlin." };
    private static readonly TextsMember Holidays = new("holidays", MaxHolidays) { Says = "Dates such as 2026-12-25." };
    private static readonly TextsMember Counts = new("counts", Counted.Length) { Words = Counted, Says = "Which times count in working hours; all of them without it." };
    private static readonly Shape WorkingHoursShape = new("WorkingHours", Days, From, To, TimeZone, Holidays, Counts);
    private static readonly ObjectMember WorkingHoursMember = new("workingHours", WorkingHoursShape) { Says = "In which hours and days time counts." };

    internal static readonly ObjectMember DefaultMember = new("default", DefaultRequest.Shape) { Says = DefaultRequest.Shape.Says };

    internal static IReadOnlyList<Member> Members { get; } =
        [DueInHours, ExpiresInHours, Remind, EscalateMember, WorkingHoursMember, DefaultMember];

    public static readonly TimingRequest None = new();

    public TimeSpan? DueIn { get; init; }

    /// <summary>
    /// The time until the task expires. If null, the task stays open as long as its run is available.
    /// </summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>The times before the due date at which reminders are sent.</summary>
    public IReadOnlyList<TimeSpan> RemindBefore { get; init; } = [];

    /// <summary>The interval of repeated reminders, counted from the creation of the task.</summary>
    public TimeSpan? RemindEvery { get; init; }

    public IReadOnlyList<EscalationRequest> Escalate { get; init; } = [];

    public WorkingHours? WorkingHours { get; init; }

    /// <summary>The times that count working hours only: any of due, expires, remind, escalate.</summary>
    public IReadOnlyList<string> AtWork { get; init; } = [];

    /// <summary>The default response, applied if nobody responds.</summary>
    public DefaultRequest? Default { get; init; }

    public WorkingHours? HoursOf(string what) => AtWork.Contains(what, StringComparer.Ordinal) ? WorkingHours : null;

    internal static TimingRequest Read(ActionReader action, Form form)
    {
        var members = action.Members;
        var dueIn = action.Span(DueInHours, bounded: false);
        var expiresIn = action.Span(ExpiresInHours, bounded: true);
        var (before, every) = ReadReminders(action);
        var escalate = ReadEscalations(action);
        var (hours, atWork) = ReadWorkingHours(action);
        if (dueIn is null && before.Count > 0)
        {
            members.Refuse(Remind, "'beforeDueHours' requires 'dueInHours'.");
        }

        if (dueIn is null && escalate.Count > 0)
        {
            members.Refuse(EscalateMember, "'escalate' requires 'dueInHours'.");
        }

        return new TimingRequest
        {
            DueIn = dueIn,
            ExpiresIn = expiresIn,
            RemindBefore = before,
            RemindEvery = every,
            Escalate = escalate,
            WorkingHours = hours,
            AtWork = atWork,
            Default = DefaultRequest.Read(action, form),
        };
    }

    private static (IReadOnlyList<TimeSpan> Before, TimeSpan? Every) ReadReminders(ActionReader action)
    {
        var members = action.Members;
        if (members.Any(Remind) is not { ValueKind: JsonValueKind.Object })
        {
            return (Before(members, RemindList, action.IsTrusted), null);
        }

        var reader = members.Object(RemindObject)!;
        var before = Before(reader, BeforeDueHours, action.IsTrusted);
        var every = reader.Hours(EveryHours);
        if (!action.IsTrusted && every is { } gap && TimeSpan.FromHours(gap) < LeastBetween)
        {
            reader.Refuse(EveryHours, "Automatic reminders must be at least 15 minutes (0.25 hours) apart.");
        }

        if (before.Count == 0 && every is null)
        {
            reader.Refuse(EveryHours, "Set 'everyHours', 'beforeDueHours', or a list of hours before the due date.");
        }

        reader.Finish(RemindShape);
        return (before, every is { } hours ? TimeSpan.FromHours(Math.Max(hours, 1.0 / 60)) : null);
    }

    private static IReadOnlyList<TimeSpan> Before(ObjectReader members, ListMember member, bool isTrusted)
    {
        List<TimeSpan> hours = [];
        foreach (var (span, pointer) in Hours(members, member))
        {
            if (!isTrusted && hours.Any(other => (other - span).Duration() < LeastBetween))
            {
                members.Problems.Add(pointer, "Automatic reminders must be at least 15 minutes (0.25 hours) apart.");
            }

            hours.Add(span);
        }

        return hours;
    }

    private static IEnumerable<(TimeSpan Span, string Pointer)> Hours(ObjectReader members, ListMember member)
    {
        foreach (var (element, pointer) in members.Array(member))
        {
            if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var hours) && hours is > 0 and <= MaxHours)
            {
                yield return (TimeSpan.FromHours(hours), pointer);
            }
            else
            {
                members.Problems.Add(pointer, "Must be a number of hours greater than 0.");
            }
        }
    }

    private static IReadOnlyList<EscalationRequest> ReadEscalations(ActionReader action)
    {
        var members = action.Members;
        return members.Any(EscalateMember) is { ValueKind: JsonValueKind.Object }
            ? EscalationRequest.Read(members.Object(EscalateMember.Name)!, action) is { } one ? [one] : []
            : [.. members.Array(EscalateMember)
                .Select(item => ObjectReader.Open(item.Element, item.Pointer, members.Problems))
                .OfType<ObjectReader>()
                .Select(reader => EscalationRequest.Read(reader, action))
                .OfType<EscalationRequest>()];
    }

    private static (WorkingHours? Hours, IReadOnlyList<string> AtWork) ReadWorkingHours(ActionReader action)
    {
        if (action.Members.Object(WorkingHoursMember) is not { } reader)
        {
            return (null, []);
        }

        List<DayOfWeek> days = [];
        foreach (var (text, pointer) in reader.TextsAt(Days))
        {
            if (Array.FindIndex(WeekDays, day => day == text || (text.Length == 3 && day.StartsWith(text, StringComparison.Ordinal))) is >= 0 and var day)
            {
                days.Add((DayOfWeek)day);
            }
            else
            {
                reader.Problems.Add(pointer, $"'{text}' is not a day such as monday or mon.");
            }
        }

        if (reader.Any(Days) is null)
        {
            days.AddRange([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);
        }
        else if (days.Count == 0)
        {
            reader.Refuse(Days, "'days' needs at least one day of the week.");
        }

        var (from, to) = (Minutes(reader, From), Minutes(reader, To));
        if (from >= to)
        {
            reader.Refuse(To, "'to' must be after 'from'. Use 24:00 for the end of the day.");
        }

        var zone = reader.RequiredText(TimeZone);
        if (zone.Length > 0 && !action.IsTrusted && !Moments.IsTimeZone(zone))
        {
            reader.Refuse(TimeZone, $"'{zone}' is not an IANA time zone such as Europe/Berlin.");
        }

        List<DateOnly> holidays = [];
        foreach (var (text, pointer) in reader.TextsAt(Holidays))
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var holiday))
            {
                holidays.Add(holiday);
            }
            else
            {
                reader.Problems.Add(pointer, $"'{text}' is not a date such as 2026-12-25.");
            }
        }

        var counts = reader.TextsAt(Counts);
        foreach (var (text, pointer) in counts.Where(item => !Counted.Contains(item.Text)))
        {
            reader.Problems.Add(pointer, $"'{text}' is not one of: {string.Join(", ", Counted)}.");
        }

        reader.Finish(WorkingHoursShape);
        var hours = new WorkingHours { Days = days, From = from, To = to, TimeZone = zone, Holidays = holidays };
        return (hours, reader.Any(Counts) is null ? Counted : [.. counts.Select(item => item.Text)]);
    }

    private static JsonObject HoursSchema(Definitions definitions) => new() { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = MaxHours };

    private static int Minutes(ObjectReader reader, TextMember member)
    {
        var text = reader.RequiredText(member);
        if (text == "24:00")
        {
            return WorkingHours.DayLength;
        }

        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return (time.Hour * 60) + time.Minute;
        }

        if (text.Length > 0)
        {
            reader.Refuse(member, $"'{text}' is not a time such as 09:00.");
        }

        return member == From ? 0 : WorkingHours.DayLength;
    }
}
