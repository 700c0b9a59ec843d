namespace HumanTasks.Core.Environments;

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
