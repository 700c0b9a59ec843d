using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>How a list of tasks is sorted and where it goes on: keys count up, so age goes by them.</summary>
/// <param name="Mark">In cursors.</param>
/// <param name="Value">What is sorted by beside the key, or 0.</param>
/// <param name="After">What holds after a cursor, its key in ?2 and its value in ?3.</param>
/// <param name="By">The columns to sort by.</param>
/// <param name="Index">The index that has the tasks of an environment and a status in this order.</param>
/// <param name="OfAssignee">The one that has those of an assignee.</param>
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

    /// <summary>The second half of a list by due date: the tasks that have none.</summary>
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
