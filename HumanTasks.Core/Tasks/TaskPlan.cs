using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.Calendars;

namespace HumanTasks.Core.Tasks;

/// <summary>What is to happen around a task in time, and who is to be told of it, as it was settled when the task was made.</summary>
public sealed record TaskPlan
{
    /// <summary>In which hours time counts; all of it without them.</summary>
    public WorkingHours? WorkingHours { get; init; }

    /// <summary>How long after each reminder the next one comes; null when they do not repeat.</summary>
    public TimeSpan? RemindEvery { get; init; }

    /// <summary>Whether the reminders count in working time, too.</summary>
    public bool RemindsAtWork { get; init; }

    public IReadOnlyList<Escalation> Escalations { get; init; } = [];

    /// <summary>What counts as answered when nobody did in time.</summary>
    public ExpiryDefault? Default { get; init; }

    /// <summary>The addresses of those who asked for the outcome.</summary>
    public IReadOnlyList<string> TellOutcome { get; init; } = [];

    /// <summary>Whether the people who are asked are written to.</summary>
    public bool Notifies { get; init; }

    /// <summary>The names of the environment's channels in which it is announced.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Whether the title may stand in the subject of a mail.</summary>
    public bool TitleInSubject { get; init; }

    [JsonIgnore]
    public WorkingHours? ReminderHours => RemindsAtWork ? WorkingHours : null;
}

/// <summary>What happens when a task is overdue.</summary>
/// <param name="To">Who takes it over, or is asked besides where several are; null for nobody.</param>
/// <param name="Inform">Who is told.</param>
public sealed record Escalation(string? To, IReadOnlyList<string> Inform);

/// <summary>What silence means.</summary>
/// <param name="Rejects">Whether it is a rejection.</param>
/// <param name="Values">Of the form, checked; empty for a rejection.</param>
/// <param name="Reason">Told wherever the outcome is told.</param>
public sealed record ExpiryDefault(bool Rejects, JsonObject Values, string? Reason);
