namespace HumanTasks.Web.Overview;

/// <summary>The answers of one hour.</summary>
/// <param name="From">When the hour began.</param>
/// <param name="Answered">The number of tasks answered in it.</param>
public sealed record OverviewHour(DateTimeOffset From, int Answered);
