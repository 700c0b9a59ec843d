namespace HumanTasks.Mcp.Tools;

/// <summary>The defaults for questions.</summary>
/// <param name="Assignee">The default assignee; null leaves the choice to the deployment.</param>
public sealed record QuestionDefaults(string? Assignee);
