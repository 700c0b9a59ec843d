namespace HumanTasks.Core.Tasks;

/// <summary>An activity entry of a task.</summary>
public sealed record TaskEvent(DateTimeOffset At, TaskEventKind Kind, string? By = null, string? Detail = null);
