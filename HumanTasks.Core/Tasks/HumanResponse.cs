using System.Text.Json.Nodes;

namespace HumanTasks.Core.Tasks;

/// <summary>What a person answered, from the moment at which it was accepted. Accepted means delivered, exactly once.</summary>
public sealed record HumanResponse
{
    public required string Id { get; init; }

    public required string TaskId { get; init; }

    public required string RunId { get; init; }

    public required int Round { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who answered, where that is known.</summary>
    public string? By { get; init; }

    /// <summary>The checked values of the form; empty for a rejection.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>True when the person declined to answer; <see cref="Reason"/> says why.</summary>
    public bool Rejects { get; init; }

    public string? Reason { get; init; }

    /// <summary>The idempotency key of the submission: the same key on the same task is the same submission.</summary>
    public string? SubmissionKey { get; init; }

    /// <summary>A hash of what was sent, to tell a repetition from another submission under the same key.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>How often the task could be answered after this, as its sender was told; null for older responses.</summary>
    public int? UsesLeft { get; init; }

    /// <summary>The run that goes on with this answer.</summary>
    public required string ResumedRunId { get; init; }
}
