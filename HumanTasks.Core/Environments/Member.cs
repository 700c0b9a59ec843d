namespace HumanTasks.Core.Environments;

/// <summary>Somebody who works in an environment's Studio.</summary>
/// <param name="Address">The e-mail address by which they are known, in lower case.</param>
/// <param name="Name">As others read it.</param>
/// <param name="Role">What they may do.</param>
public sealed record Member(string Address, string Name, Role Role);

/// <summary>What a member may do; each includes what stands before it, but for what a responder does not see.</summary>
public enum Role
{
    /// <summary>Sees tasks, runs and rule sets, and changes nothing.</summary>
    Viewer,

    /// <summary>Answers and comments tasks that are assigned to them or to nobody, and sees nothing else.</summary>
    Responder,

    /// <summary>Manages tasks, runs and rule sets.</summary>
    Editor,

    /// <summary>Does everything.</summary>
    Owner,
}
