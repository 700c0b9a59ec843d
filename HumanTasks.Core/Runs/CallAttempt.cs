using System.Text.Json.Serialization;

namespace HumanTasks.Core.Runs;

/// <summary>An attempt of an action to call another system. It is kept in the run's record for the run's page, and nowhere else.</summary>
/// <param name="Action">The action.</param>
/// <param name="At">The time at which the call began.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Host">The host, or the name of the language model.</param>
/// <param name="Path">The decoded path without its query, which may contain keys.</param>
public sealed record CallAttempt(string Action, DateTimeOffset At, string Method, string Host, string Path)
{
    /// <summary>The maximum number of attempts in a run's record: the newest ones.</summary>
    public const int Most = 20;

    /// <summary>The maximum size of a kept error, in bytes of UTF-8.</summary>
    public const int MaxErrorBytes = 1024;

    /// <summary>The duration, in milliseconds.</summary>
    public long Milliseconds { get; init; }

    /// <summary>The time at which the call ended.</summary>
    [JsonIgnore]
    public DateTimeOffset End => At.AddMilliseconds(Milliseconds);

    /// <summary>The status of the answer; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; init; }

    /// <summary>The size of the answer's body in bytes; null if unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }

    /// <summary>The reason of the failure; null for a success.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Problem { get; init; }

    /// <summary>
    /// The first kilobyte of the body of a failed answer, if the action says <c>keepErrors</c>. Only members who may
    /// change runs see it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>Returns the attempts with another one.</summary>
    public static IReadOnlyList<CallAttempt> With(IReadOnlyList<CallAttempt>? attempts, CallAttempt? another) =>
        another is null ? attempts ?? [] : [.. (attempts ?? []).TakeLast(Most - 1), another];

    /// <summary>Returns the beginning of a body of up to <see cref="MaxErrorBytes"/>.</summary>
    public static string Beginning(string body)
    {
        var (length, bytes) = (0, 0);
        foreach (var rune in body.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxErrorBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return body[..length];
    }
}
