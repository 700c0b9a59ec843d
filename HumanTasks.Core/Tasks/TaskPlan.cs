using System.Text.Json.Serialization;
using HumanTasks.Core.Calendars;

namespace HumanTasks.Core.Tasks;

/// <summary>
/// The reminders, escalations, notices and default response of a task, fixed when the task is created.
/// </summary>
public sealed record TaskPlan
{
    /// <summary>The working hours in which time is counted; null counts all hours.</summary>
    public WorkingHours? WorkingHours { get; init; }

    /// <summary>The interval between reminders; null if they don't repeat.</summary>
    public TimeSpan? RemindEvery { get; init; }

    /// <summary>Whether reminders are counted in working hours.</summary>
    public bool RemindsAtWork { get; init; }

    public IReadOnlyList<Escalation> Escalations { get; init; } = [];

    /// <summary>The default response if nobody responds in time.</summary>
    public ExpiryDefault? Default { get; init; }

    /// <summary>The addresses that get the outcome.</summary>
    public IReadOnlyList<string> TellOutcome { get; init; } = [];

    /// <summary>Whether assignees get emails.</summary>
    public bool Notifies { get; init; }

    /// <summary>The names of the environment's channels that announce the task.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Whether email subjects may contain the title.</summary>
    public bool TitleInSubject { get; init; }

    [JsonIgnore]
    public WorkingHours? ReminderHours => RemindsAtWork ? WorkingHours : null;
}
