using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Client;

/// <summary>A human task with its responses.</summary>
public sealed record HumanTask
{
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>pending, completed, cancelled, rejected or expired.</summary>
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    /// <summary>The assignee, or all assignees in one text.</summary>
    public string? Assignee { get; init; }

    /// <summary>The assignees or candidates of a task for several people; otherwise empty.</summary>
    public IReadOnlyList<TaskAssignee> Assignees { get; init; } = [];

    /// <summary>The number of assignees who must respond.</summary>
    public int? Need { get; init; }

    /// <summary>The candidate who claimed the task.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Whether the default response was applied because nobody responded.</summary>
    public bool Defaulted { get; init; }

    public required string CorrelationId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public int MaxUses { get; init; }

    public int UsesLeft { get; init; }

    /// <summary>The current form.</summary>
    public JsonObject? Form { get; init; }

    /// <summary>The request of the language model that wrote the task; null if no model wrote it.</summary>
    public ModelQuestion? FromModel { get; init; }

    /// <summary>The responses, oldest first.</summary>
    public IReadOnlyList<Response> Responses { get; init; } = [];

    /// <summary>The failed email to an assignee; null if no email failed.</summary>
    public MailFailure? Mail { get; init; }

    [JsonIgnore]
    public bool IsOver => Status != "pending";
}
