namespace HumanTasks.Client;

/// <summary>The name and version of a saved rule set.</summary>
public sealed record SavedRuleSet(string Name, int Version);
