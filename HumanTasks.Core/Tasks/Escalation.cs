namespace HumanTasks.Core.Tasks;

/// <summary>An escalation of an overdue task.</summary>
/// <param name="To">The new assignee, or an additional one for a task with several; null for none.</param>
/// <param name="Inform">The addresses that are informed.</param>
public sealed record Escalation(string? To, IReadOnlyList<string> Inform);
