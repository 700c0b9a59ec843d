namespace HumanTasks.Client;

/// <summary>The failure of a run.</summary>
public sealed record RunFailure(string Action, string Message, int Attempts);
