namespace HumanTasks.Core.Environments;

/// <summary>A member of an environment's Studio.</summary>
/// <param name="Address">The member's email address, in lower case.</param>
/// <param name="Name">The display name.</param>
/// <param name="Role">The member's permissions.</param>
public sealed record Member(string Address, string Name, Role Role);
