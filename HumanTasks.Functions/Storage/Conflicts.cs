using Azure;

namespace HumanTasks.Functions.Storage;

/// <summary>Tells which failures of a conditional write mean that a concurrent write came first.</summary>
internal static class Conflicts
{
    private const int NotFound = 404;
    private const int AlreadyExists = 409;
    private const int PreconditionFailed = 412;

    /// <summary>
    /// Returns true when the entity does not exist (404), already exists (409) or has changed (412); false for a
    /// missing table.
    /// </summary>
    public static bool IsConflict(this RequestFailedException failure) =>
        failure.Status is NotFound or AlreadyExists or PreconditionFailed
        && failure.ErrorCode is not ("TableNotFound" or "TableBeingDeleted");
}
