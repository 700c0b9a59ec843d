using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A submission and its sender.</summary>
public sealed record Submission
{
    /// <summary>The idempotency key of the submission on the same task; null if the sender gave none.</summary>
    public string? Key { get; init; }

    /// <summary>A hash of the submission, which detects a different submission under the same key.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The person who responds, if known.</summary>
    public string? By { get; init; }

    /// <summary>The name of the API key, for the task's activity; null for the task's link.</summary>
    public string? Via { get; init; }

    /// <summary>How the person was verified.</summary>
    public Verification Verified { get; init; }

    /// <summary>The round of the task that the sender saw; null if not stated.</summary>
    public int? Round { get; init; }

    /// <summary>The ID of the response; generated from the clock if null.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The data for the run's turn, if read with the task; read again if null.</summary>
    public RunStanding? Standing { get; init; }

    /// <summary>Whether the submission used the task's link, which may have been replaced meanwhile.</summary>
    public bool ByLink { get; init; }

    /// <summary>Whether files can be uploaded with the submission. If not, values that claim to be files are invalid.</summary>
    public bool TakesFiles { get; init; } = true;

    /// <summary>The host's limit for one uploaded file, in bytes.</summary>
    public required long MaxFileBytes { get; init; }
}
