using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.RuleSets;

/// <summary>A person named by an action: an address, or a template that renders one.</summary>
/// <param name="Text">The text as the author wrote it.</param>
/// <param name="At">The place in the action, as a JSON pointer.</param>
public sealed record PersonTemplate(Template Text, string At);
