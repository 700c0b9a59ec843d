using System.Security.Claims;

namespace HumanTasks.Web.Security;

/// <summary>The claims of an authenticated caller.</summary>
public static class Claims
{
    public const string Environment = "environment";

    public const string Scope = "scope";

    public const string Actor = "actor";

    /// <summary>The claim for a scope that the caller may read but not change.</summary>
    public const string Reads = "reads";

    /// <summary>The ID of a member's session.</summary>
    public const string Session = "session";

    public const string MemberName = "member";

    public const string Role = "role";

    /// <summary>The address of a caller who sees only tasks assigned to them or to nobody.</summary>
    public const string VisibleTo = "visible-to";

    /// <summary>Returns the caller's name for timelines.</summary>
    public static string ActorName(this ClaimsPrincipal caller) => caller.FindFirstValue(Actor) ?? "API";

    /// <summary>Returns the environment of the caller's key; every query is limited to it.</summary>
    public static string EnvironmentId(this ClaimsPrincipal caller) => caller.FindFirstValue(Environment)
        ?? throw new InvalidOperationException("The caller has no environment.");
}
