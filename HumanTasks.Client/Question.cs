using System.Text.Json.Nodes;

namespace HumanTasks.Client;

/// <summary>The assignee and the settings of a question.</summary>
public sealed record Question
{
    /// <summary>The assignee's email address. The link is sent to it.</summary>
    public required string Assignee { get; init; }

    /// <summary>Markdown. Templates in it read <see cref="Context"/>.</summary>
    public string? Description { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>The context paths that the page shows.</summary>
    public IReadOnlyList<string>? Show { get; init; }

    public string? SubmitLabel { get; init; }

    public TimeSpan? DueIn { get; init; }

    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Whether the assignee can decline (<see cref="Outcome.Rejected"/>). Default true.</summary>
    public bool AllowReject { get; init; } = true;

    /// <summary>Whether the assignee gets emails about the task. Default true.</summary>
    public bool? Notify { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>The longest wait; null waits without a limit. The task can still be answered afterwards.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Calls with the same key within 24 hours create one task.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Called when the task has been created.</summary>
    public Action<Asked>? OnAsked { get; init; }
}
