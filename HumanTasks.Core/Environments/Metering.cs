namespace HumanTasks.Core.Environments;

/// <summary>One run, counted against a month's allowance.</summary>
/// <param name="Month">The year times 100 plus the month, in UTC.</param>
/// <param name="Allowance">The runs that may start in the month; null for no limit.</param>
public sealed record Metering(int Month, int? Allowance);
