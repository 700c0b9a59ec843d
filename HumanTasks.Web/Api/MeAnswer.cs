namespace HumanTasks.Web.Api;

/// <summary>The caller.</summary>
/// <param name="Address">The member's address; null for an API key.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="Environment">The environment of the call.</param>
/// <param name="Role">The member's role there; null for an API key and for a member of other environments only.</param>
/// <param name="Environments">All environments of the member.</param>
/// <param name="Scopes">The scopes of an API key; null for a member.</param>
/// <param name="CsrfToken">The value of the header X-CSRF-Token for changes by a session; null for an API key.</param>
public sealed record MeAnswer(
    string? Address,
    string Name,
    string? Environment,
    string? Role,
    IReadOnlyList<MyEnvironment> Environments,
    IReadOnlyList<string>? Scopes,
    string? CsrfToken);
