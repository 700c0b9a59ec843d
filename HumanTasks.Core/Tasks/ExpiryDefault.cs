using System.Text.Json.Nodes;

namespace HumanTasks.Core.Tasks;

/// <summary>The default response, applied when nobody responds.</summary>
/// <param name="Rejects">Whether the default is a rejection.</param>
/// <param name="Values">The validated values of the form; empty for a rejection.</param>
/// <param name="Reason">The reason, shown with the outcome.</param>
public sealed record ExpiryDefault(bool Rejects, JsonObject Values, string? Reason);
