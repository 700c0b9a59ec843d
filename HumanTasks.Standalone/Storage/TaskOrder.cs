using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// The order of a list of tasks and where its pages continue. Keys are ascending, so age follows them.
/// </summary>
/// <param name="Mark">The letter of the order in cursors.</param>
/// <param name="Value">The value to sort by beside the key, or 0.</param>
/// <param name="After">The condition for rows after a cursor, its key in ?2 and its value in ?3.</param>
/// <param name="By">The columns to sort by.</param>
/// <param name="Index">The index with the tasks of an environment and a status in this order.</param>
/// <param name="OfAssignee">The index with the tasks of an assignee.</param>
internal sealed record TaskOrder(char Mark, string Value, string After, string By, string Index, string OfAssignee)
{
    public static readonly TaskOrder NewestFirst =
        new('n', "0", "key < ?2", "key DESC", "tasks_by_status", "tasks_by_assignee");

    public static readonly TaskOrder OldestFirst =
        new('o', "0", "key > ?2", "key", "tasks_by_status", "tasks_by_assignee");

    public static readonly TaskOrder ExpiresFirst = new(
        'e', "expires_at", "(expires_at, key) > (?3, ?2)", "value, key", "tasks_by_expiry", "tasks_by_assignee_and_expiry");

    public static readonly TaskOrder DueFirst = new(
        'd', "due_at", "due_at IS NOT NULL AND (due_at, key) > (?3, ?2)", "value, key", "tasks_by_due", "tasks_by_assignee_and_due");

    /// <summary>The second half of a list by due date: the tasks without one.</summary>
    public static readonly TaskOrder WithoutDueDate =
        new('w', "0", "due_at IS NULL AND key > ?2", "key", "tasks_by_due", "tasks_by_assignee_and_due");

    public byte List => (byte)Mark;

    public Cursor Beginning => new(List, long.MinValue, this == NewestFirst ? long.MaxValue : 0);

    public static TaskOrder Of(TaskSort sort) => sort switch
    {
        TaskSort.OldestFirst => OldestFirst,
        TaskSort.ExpiresFirst => ExpiresFirst,
        TaskSort.DueFirst => DueFirst,
        _ => NewestFirst,
    };
}
