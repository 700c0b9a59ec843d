namespace HumanTasks.Core.Tasks;

/// <summary>The response of one seat.</summary>
public sealed record SeatAnswer(string ResponseId, DateTimeOffset At, bool Rejects);
