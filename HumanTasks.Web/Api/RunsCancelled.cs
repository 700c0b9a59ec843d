namespace HumanTasks.Web.Api;

/// <summary>The result of cancelling runs.</summary>
/// <param name="Cancelled">The number of cancelled runs.</param>
public sealed record RunsCancelled(int Cancelled);
