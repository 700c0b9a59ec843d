using System.Text.Json;

namespace HumanTasks.Core.Tasks;

/// <summary>One round of a task. A follow-up reopens the task with a new round and form.</summary>
/// <param name="Number">The number, at least 1.</param>
/// <param name="OpenedAt">The time at which the round opened.</param>
/// <param name="Form">The form with resolved templates.</param>
public sealed record TaskRound(int Number, DateTimeOffset OpenedAt, JsonElement Form);
