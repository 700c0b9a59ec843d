namespace HumanTasks.Client;

/// <summary>A file in a response. <see cref="HumanTasksClient.OpenFileAsync"/> returns its bytes.</summary>
public sealed record AnsweredFile(string FileId, string Name, string ContentType, long Size, string Sha256);
