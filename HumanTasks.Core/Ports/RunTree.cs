namespace HumanTasks.Core.Ports;

/// <summary>The runs that descend from one run without a person in between, with their limit.</summary>
/// <param name="Root">The run at which the tree begins.</param>
/// <param name="Limit">The maximum number of its descendants.</param>
public sealed record RunTree(string Root, int Limit);
