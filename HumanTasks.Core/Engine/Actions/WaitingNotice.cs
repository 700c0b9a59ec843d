using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>A notice waiting for the next list.</summary>
/// <param name="Address">The recipient.</param>
/// <param name="TaskId">The ID of the task.</param>
/// <param name="Notice">The notice.</param>
internal sealed record WaitingNotice(string Address, string TaskId, Notice Notice);
