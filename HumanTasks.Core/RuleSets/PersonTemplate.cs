using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

/// <summary>A person whom an action names: an address, or a template that gives one.</summary>
/// <param name="Text">As its author wrote it.</param>
/// <param name="At">Where in the action, as a JSON pointer.</param>
public sealed record PersonTemplate(Template Text, string At);
