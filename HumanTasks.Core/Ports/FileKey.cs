namespace HumanTasks.Core.Ports;

/// <param name="TaskId">The task that the file was uploaded for.</param>
/// <param name="FileId">The ID of the file, from <see cref="Ids"/>.</param>
public sealed record FileKey(string TaskId, string FileId);
