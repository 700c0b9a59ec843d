using System.Text.Json.Serialization;

namespace HumanTasks.Core.Runs;

/// <summary>The pause before another attempt of the current action.</summary>
public sealed record RetryWait(DateTimeOffset Until, string Message, int Attempts)
{
    /// <summary>The time of the first failed attempt; null for waits stored by older builds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }
}
