namespace HumanTasks.Functions.Storage;

/// <summary>
/// The work that a transaction leaves outside its partition. It is written with the transaction and deleted when it is
/// done; a process that finds one older than any write takes completes it. Missing index rows need not be named: they
/// follow from the records.
/// </summary>
/// <param name="Gone">Index rows that point to an earlier place of the run or a task.</param>
/// <param name="Consumed">Responses that the turn consumed and that were too many for its transaction.</param>
internal sealed record Todo(IReadOnlyList<RowAddress> Gone, IReadOnlyList<string> Consumed);
