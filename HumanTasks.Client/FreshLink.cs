namespace HumanTasks.Client;

/// <summary>A new link to a task. Earlier links are revoked.</summary>
public sealed record FreshLink(string Link, DateTimeOffset ExpiresAt);
