namespace HumanTasks.Web.Api;

/// <summary>An attempt at a delivery.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Delivered">Whether the receiver accepted it.</param>
/// <param name="Problem">Why it failed: the response, or that there was none.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, bool Delivered, string? Problem);
