namespace HumanTasks.Functions.Storage;

/// <summary>
/// What a transaction leaves to do outside its partition. It is written with the transaction and deleted when it is
/// done; who finds one that is older than a write takes does it instead. Rows that the index lacks need not be named:
/// they follow from the records.
/// </summary>
/// <param name="Gone">Rows of the index that point to where the run or a task no longer stands.</param>
/// <param name="Consumed">Responses that the turn consumed and that were too many for its transaction.</param>
internal sealed record Todo(IReadOnlyList<RowAddress> Gone, IReadOnlyList<string> Consumed);
