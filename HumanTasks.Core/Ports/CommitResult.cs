namespace HumanTasks.Core.Ports;

public enum CommitResult
{
    Committed,

    /// <summary>The run or one of the tasks is not at its expected version.</summary>
    Conflict,

    /// <summary>The submission key of the response was accepted before. It counts before a conflict.</summary>
    Repeated,

    /// <summary>The starts would exceed the number of descendants that <see cref="RunTree.Limit"/> allows.</summary>
    TreeIsFull,
}
