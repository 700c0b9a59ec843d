using System.Text.Json.Serialization;

namespace HumanTasks.Core.Runs;

/// <summary>A planned notice or step of a waiting run, handled in its own turn.</summary>
/// <param name="Kind">The kind of notice.</param>
/// <param name="Number">
/// The version of the task that caused it, or a negative number for a notice planned when the task was created. It is
/// the same for every attempt at the same email.
/// </param>
/// <param name="At">The time of the next attempt.</param>
/// <param name="Attempts">The number of attempts so far.</param>
public sealed record Notice(NoticeKind Kind, int Number, DateTimeOffset At, int Attempts = 0)
{
    /// <summary>The seat of the recipient; null for all assignees.</summary>
    public int? Seat { get; init; }

    /// <summary>The address of the recipient, instead of a seat.</summary>
    public string? To { get; init; }

    /// <summary>The channel, instead of an email.</summary>
    public string? Channel { get; init; }

    /// <summary>The time of the first failed attempt; null before that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>A note from a person to include.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it goes to a single seat, address or channel.</summary>
    [JsonIgnore]
    public bool IsAddressed => Seat is not null || To is not null || Channel is not null;

    /// <summary>The key of the email, the same for every attempt.</summary>
    public string KeyOf(string taskId) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{taskId}-notice-{Number}{(Seat > 0 ? $"-{Seat}" : "")}{((To ?? Channel) is { } other ? $"-{Kind}-{other}" : "")}");
}
