using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>A run's entity, if it exists, and its to-dos, oldest first.</summary>
internal sealed record RunHead(TableEntity? Run, IReadOnlyList<TableEntity> Todos);
