namespace HumanTasks.Client.DurableTask;

/// <summary>A created task and its link.</summary>
/// <param name="TaskId">The human task.</param>
/// <param name="Link">
/// The link to the form. Anyone with an intervention link can respond, so keep it out of logs.
/// </param>
public sealed record AskedPerson(string TaskId, string Link);
