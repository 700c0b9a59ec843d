using System.Globalization;
using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Calendars;

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
        var dueIn = action.Span("dueInHours", bounded: false);
        var expiresIn = action.Span("expiresInHours", bounded: true);
        var (before, every) = ReadReminders(action);
        var escalate = ReadEscalations(action);
        var (hours, atWork) = ReadWorkingHours(action);
        if (dueIn is null && before.Count > 0)
        {
            members.Refuse("remind", "'beforeDueHours' requires 'dueInHours'.");
        }

        if (dueIn is null && escalate.Count > 0)
        {
            members.Refuse("escalate", "'escalate' requires 'dueInHours'.");
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
        if (members.Any("remind") is not { ValueKind: JsonValueKind.Object })
        {
            return (Before(members, "remind", action.IsTrusted), null);
        }

        var reader = members.Object("remind")!;
        var before = Before(reader, "beforeDueHours", action.IsTrusted);
        var every = reader.Hours("everyHours", MaxHours);
        if (!action.IsTrusted && every is { } gap && TimeSpan.FromHours(gap) < LeastBetween)
        {
            reader.Refuse("everyHours", "Automatic reminders must be at least 15 minutes (0.25 hours) apart.");
        }

        if (before.Count == 0 && every is null)
        {
            reader.Refuse("everyHours", "Set 'everyHours', 'beforeDueHours', or a list of hours before the due date.");
        }

        reader.Finish();
        return (before, every is { } hours ? TimeSpan.FromHours(Math.Max(hours, 1.0 / 60)) : null);
    }

    private static IReadOnlyList<TimeSpan> Before(ObjectReader members, string member, bool isTrusted)
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

    private static IEnumerable<(TimeSpan Span, string Pointer)> Hours(ObjectReader members, string member)
    {
        foreach (var (element, pointer) in members.Array(member, MaxEntries))
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
        return members.Any("escalate") is { ValueKind: JsonValueKind.Object }
            ? EscalationRequest.Read(members.Object("escalate")!, action) is { } one ? [one] : []
            : [.. members.Array("escalate", MaxEntries)
                .Select(item => ObjectReader.Open(item.Element, item.Pointer, members.Problems))
                .OfType<ObjectReader>()
                .Select(reader => EscalationRequest.Read(reader, action))
                .OfType<EscalationRequest>()];
    }

    private static (WorkingHours? Hours, IReadOnlyList<string> AtWork) ReadWorkingHours(ActionReader action)
    {
        if (action.Members.Object("workingHours") is not { } reader)
        {
            return (null, []);
        }

        List<DayOfWeek> days = [];
        foreach (var (text, pointer) in reader.TextsAt("days", WeekDays.Length))
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

        if (reader.Any("days") is null)
        {
            days.AddRange([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);
        }
        else if (days.Count == 0)
        {
            reader.Refuse("days", "'days' needs at least one day of the week.");
        }

        var (from, to) = (Minutes(reader, "from"), Minutes(reader, "to"));
        if (from >= to)
        {
            reader.Refuse("to", "'to' must be after 'from'. Use 24:00 for the end of the day.");
        }

        var zone = reader.RequiredText("timeZone", 100);
        if (zone.Length > 0 && !action.IsTrusted && !Moments.IsTimeZone(zone))
        {
            reader.Refuse("timeZone", $"'{zone}' is not an IANA time zone such as Europe/Berlin.");
        }

        List<DateOnly> holidays = [];
        foreach (var (text, pointer) in reader.TextsAt("holidays", MaxHolidays))
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

        var counts = reader.TextsAt("counts", Counted.Length);
        foreach (var (text, pointer) in counts.Where(item => !Counted.Contains(item.Text)))
        {
            reader.Problems.Add(pointer, $"'{text}' is not one of: {string.Join(", ", Counted)}.");
        }

        reader.Finish();
        var hours = new WorkingHours { Days = days, From = from, To = to, TimeZone = zone, Holidays = holidays };
        return (hours, reader.Any("counts") is null ? Counted : [.. counts.Select(item => item.Text)]);
    }

    private static int Minutes(ObjectReader reader, string member)
    {
        var text = reader.RequiredText(member, 5);
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

        return member == "from" ? 0 : WorkingHours.DayLength;
    }
}

/// <param name="After">The time after the due date.</param>
/// <param name="To">The new assignee; null keeps the assignee.</param>
/// <param name="Inform">The people to notify.</param>
public sealed record EscalationRequest(TimeSpan After, PersonTemplate? To, IReadOnlyList<PersonTemplate> Inform)
{
    private const int MaxInform = 20;
    private const double MaxHours = 24 * 366;

    internal static EscalationRequest? Read(ObjectReader reader, ActionReader action)
    {
        var hours = reader.Any("afterHours") is { ValueKind: JsonValueKind.Number } zero && zero.TryGetDouble(out var none) && none == 0
            ? 0
            : reader.Hours("afterHours", MaxHours) ?? 0;
        var to = reader.Any("to") is null ? null : action.Person(reader, "to", required: false);
        var inform = action.People(reader, "inform", MaxInform);
        if (to is null && inform.Count == 0)
        {
            reader.Refuse("to", "Set 'to', 'inform' or both.");
        }

        reader.Finish();
        return new EscalationRequest(TimeSpan.FromHours(hours), to, inform);
    }
}

/// <param name="Rejects">Whether the default response is a rejection.</param>
/// <param name="Values">The values for the form.</param>
/// <param name="Reason">The reason as text; null for none.</param>
public sealed record DefaultRequest(bool Rejects, ValueTemplate Values, Template? Reason)
{
    private const string Rejected = "rejected";
    private const string Completed = "completed";

    internal static DefaultRequest? Read(ActionReader action, Form form)
    {
        if (action.Members.Object("default") is not { } reader)
        {
            return null;
        }

        var rejects = reader.OneOf("outcome", Completed, Completed, Rejected) == Rejected;
        var reason = reader.Any("reason") is null ? null : action.Template(reader, "reason", 1000, required: false);
        var values = new ValueTemplate.Members([]) as ValueTemplate;
        if (reader.Object("values") is { } given)
        {
            values = ValueTemplate.Parse(given.Element.Clone(), reader.At("values"), action.Problems);
            action.Keep(reader.At("values"), values.Paths);
            if (rejects)
            {
                reader.Refuse("values", "A default of 'rejected' can't have 'values'.");
            }
            else if (!action.IsTrusted && !values.HasTemplates && !form.HasTemplates)
            {
                Check(reader, form, given.Element);
            }
        }
        else if (!rejects && !action.IsTrusted && !form.HasTemplates)
        {
            Check(reader, form, JsonElement.Parse("{}"));
        }

        action.Keep(reader.At("reason"), reason?.Paths ?? []);
        if (action.Members.Any("expiresInHours") is null && !action.IsTrusted)
        {
            action.Members.Refuse("default", "'default' requires 'expiresInHours'.");
        }

        reader.Finish();
        return new DefaultRequest(rejects, values, reason);
    }

    /// <summary>Checks the default response by the same rules as a response from a person.</summary>
    private static void Check(ObjectReader reader, Form form, JsonElement values)
    {
        if (form.Fields.Count > 0
            && FormInput.Check(form, System.Text.Json.Nodes.JsonObject.Create(values)!, long.MaxValue) is FormInput.Invalid invalid)
        {
            foreach (var problem in invalid.Problems)
            {
                reader.Problems.Add(reader.Pointer + problem.Pointer, problem.Message);
            }
        }
    }
}
