using System.Text.Json.Serialization;

namespace HumanTasks.Web.Api;

/// <param name="By">Who caused it from outside, such as the name of an API key; absent for the run itself.</param>
public sealed record LogItem(
    DateTimeOffset At,
    string? Action,
    string Event,
    string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By,
    string CorrelationId);
