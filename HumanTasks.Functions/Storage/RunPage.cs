using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>The rows that a turn reads.</summary>
internal sealed record RunPage(RunHead Head, IReadOnlyList<TableEntity> Tasks, IReadOnlyList<TableEntity> Unconsumed);
