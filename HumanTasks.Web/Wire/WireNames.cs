using System.Text.Json;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Wire;

/// <summary>The contract's names for Core types.</summary>
public static class WireNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>All the words of an enumeration, in its order.</summary>
    public static string[] All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    public static bool TryStatus(string text, out RunStatus status) =>
        Enum.TryParse(text, ignoreCase: true, out status) && Of(status) == text;

    public static bool TryStatus(string text, out TaskStatus status) =>
        Enum.TryParse(text, ignoreCase: true, out status) && Of(status) == text;

    public static string? ReasonOf(RunState state) => state switch
    {
        RunState.Queued queued => queued.Reason,
        RunState.Running { Retry: { } retry } => retry.Message,
        RunState.Failed failed => failed.Error.Message,
        RunState.Cancelled cancelled => cancelled.Reason,
        RunState.Expired expired => expired.Reason,
        _ => null,
    };

    public static string? ReasonOf(TaskState state) => state switch
    {
        TaskState.Rejected rejected => rejected.Reason,
        TaskState.Cancelled cancelled => cancelled.Reason,
        _ => null,
    };

    public static DateTimeOffset? WaitingUntil(RunState state) => state switch
    {
        RunState.Paused paused => paused.Until,
        RunState.Running { Retry: { } retry } => retry.Until,
        _ => null,
    };
}
