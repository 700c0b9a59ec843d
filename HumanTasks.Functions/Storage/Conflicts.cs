using Azure;

namespace HumanTasks.Functions.Storage;

/// <summary>Which failures of a conditional write mean that somebody else was first.</summary>
internal static class Conflicts
{
    private const int NotFound = 404;
    private const int AlreadyExists = 409;
    private const int PreconditionFailed = 412;

    /// <summary>
    /// True when the entity is not there (404), is there already (409) or has changed (412). A table that is missing is
    /// none of these.
    /// </summary>
    public static bool IsConflict(this RequestFailedException failure) =>
        failure.Status is NotFound or AlreadyExists or PreconditionFailed
        && failure.ErrorCode is not ("TableNotFound" or "TableBeingDeleted");
}
