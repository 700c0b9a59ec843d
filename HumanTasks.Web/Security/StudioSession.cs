namespace HumanTasks.Web.Security;

/// <summary>A member's session.</summary>
/// <param name="Id">The SHA-256 of its token, which identifies the session but grants no access.</param>
/// <param name="Address">The member's address.</param>
/// <param name="BeganAt">When they signed in.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="How">How they signed in.</param>
/// <param name="Device">The browser and system.</param>
public sealed record StudioSession(
    string Id, string Address, DateTimeOffset BeganAt, DateTimeOffset ExpiresAt, string How, string Device);
