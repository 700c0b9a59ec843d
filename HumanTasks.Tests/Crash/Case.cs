using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Crash;

/// <summary>One request to a person and its answer.</summary>
/// <param name="Number">What is submitted, so that inputs can be told apart.</param>
/// <param name="CorrelationId">By which everything of this case is found, whatever became of it.</param>
/// <param name="Kind">How the person is asked.</param>
/// <param name="CreateKey">The idempotency key of the creation, where it has one.</param>
/// <param name="SubmitKey">The idempotency key of the submission, where it has one.</param>
/// <param name="SubmitsTwice">Whether the submission is sent twice at once.</param>
internal sealed record Case(
    int Number, string CorrelationId, CaseKind Kind, string? CreateKey, string? SubmitKey, bool SubmitsTwice)
{
    /// <summary>The run that was acknowledged.</summary>
    public string? RunId { get; set; }

    /// <summary>Where to answer.</summary>
    public string? Path { get; set; }

    /// <summary>Whether a submission was sent, whatever came back.</summary>
    public bool Submitted { get; set; }

    /// <summary>The responses that were acknowledged, with the run that each said would go on.</summary>
    public ConcurrentDictionary<string, string> Accepted { get; } = new();

    public JsonObject Values => new() { ["number"] = Number, ["note"] = $"note {Number}" };
}
