namespace HumanTasks.Core.Environments;

/// <summary>A member of an environment's Studio.</summary>
/// <param name="Address">The member's email address, in lower case.</param>
/// <param name="Name">The display name.</param>
/// <param name="Role">The member's permissions.</param>
public sealed record Member(string Address, string Name, Role Role);

/// <summary>
/// The permissions of a member. Each role includes those before it, except that responders see less than viewers.
/// </summary>
public enum Role
{
    /// <summary>Views tasks, runs and rule sets, without changing anything.</summary>
    Viewer,

    /// <summary>Responds to and comments on tasks assigned to them or to nobody, and sees nothing else.</summary>
    Responder,

    /// <summary>Manages tasks, runs and rule sets.</summary>
    Editor,

    /// <summary>Has all permissions.</summary>
    Owner,
}
