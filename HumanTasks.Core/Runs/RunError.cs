using System.Text.Json.Serialization;

namespace HumanTasks.Core.Runs;

/// <summary>The failure of a run.</summary>
/// <param name="Action">The failed action.</param>
/// <param name="Message">The message, without secrets.</param>
/// <param name="Attempts">The number of attempts.</param>
public sealed record RunError(string Action, string Message, int Attempts)
{
    /// <summary>The invalid member as a JSON pointer into the action; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pointer { get; init; }

    /// <summary>
    /// The name of the error as in a <c>retry</c>, such as <c>http.status.503</c>; null for an error that no retry can fix.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cause { get; init; }

    /// <summary>The reference to the details in the log; null if <see cref="Message"/> has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CorrelationId { get; init; }
}
