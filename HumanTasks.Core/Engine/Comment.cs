namespace HumanTasks.Core.Engine;

/// <summary>A comment of a member on a task, for other members.</summary>
/// <param name="Id">The ID of the comment.</param>
/// <param name="At">The time.</param>
/// <param name="By">The member's address, or the name of an API key.</param>
/// <param name="Name">The display name.</param>
/// <param name="Text">The text, up to 4000 characters.</param>
public sealed record Comment(string Id, DateTimeOffset At, string By, string Name, string Text);
