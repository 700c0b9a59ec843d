namespace HumanTasks.Client.DurableTask;

/// <summary>The address that receives responses.</summary>
/// <param name="Address">The public https address of <see cref="PersonFunctions.Route"/>.</param>
public sealed record AnswerAddress(Uri Address);
