namespace HumanTasks.Client;

/// <summary>A human task in a list.</summary>
public sealed record TaskSummary
{
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Title { get; init; }

    /// <summary>pending, completed, cancelled, rejected or expired.</summary>
    public required string Status { get; init; }

    public string? Assignee { get; init; }

    public required string CorrelationId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The failed email to an assignee; null if no email failed.</summary>
    public MailFailure? Mail { get; init; }
}
