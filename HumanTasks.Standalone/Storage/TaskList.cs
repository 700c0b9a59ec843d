using System.Text;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Standalone.Storage;

/// <summary>Lists of human tasks.</summary>
internal static class TaskList
{
    public static Page<HumanTask> Read(Connection connection, TaskQuery query)
    {
        var tasks = new List<HumanTask>(query.Limit);
        var order = TaskOrder.Of(query.Sort);
        if (order != TaskOrder.DueFirst)
        {
            return new Page<HumanTask>(tasks, Read(connection, query, order, tasks));
        }

        if (Cursor.Read(query.Cursor, TaskOrder.WithoutDueDate.List) is null
            && Read(connection, query, order, tasks) is { } next)
        {
            return new Page<HumanTask>(tasks, next);
        }

        return new Page<HumanTask>(tasks, Read(connection, query, TaskOrder.WithoutDueDate, tasks));
    }

    /// <summary>Fills the page; answers where the next one begins when there is more.</summary>
    private static string? Read(Connection connection, TaskQuery query, TaskOrder order, List<HumanTask> page)
    {
        var after = Cursor.Read(query.Cursor, order.List) ?? order.Beginning;
        using var row = connection
            .Prepare($"{Rows(query, order)} ORDER BY {order.By} LIMIT ?7")
            .Bind(query.Environment)
            .Bind(after.Key)
            .Bind(after.Value)
            .BindId(query.RunId)
            .Bind(query.Assignee)
            .Bind(query.Text is { } text && Ascii.IsValid(text) ? Matching.Pattern(text) : query.Text)
            .Bind(query.Limit - page.Count + 1);

        while (row.Step())
        {
            if (page.Count == query.Limit)
            {
                return after.ToString();
            }

            after = new Cursor(order.List, row.Integer(1), row.Integer(0));
            page.Add(TaskRow.Read(row.Blob(2)));
        }

        return null;
    }

    private static string Rows(TaskQuery query, TaskOrder order)
    {
        var run = query.RunId is null ? "" : " AND run = (SELECT key FROM runs WHERE id = ?4)";
        var assignee = query.Assignee is null ? "" : " AND assignee = ?5";
        var filter = $"environment = ?1{run}{assignee}{Text(query)} AND {order.After}";
        return query switch
        {
            { RunId: not null } => Select(order, "tasks_by_action", query.Status, filter),
            { Assignee: not null } => Select(order, "tasks_by_assignee", query.Status, filter),
            { Status: TaskStatus.Pending } when order.Index is { } sorted => Select(order, sorted, query.Status, filter),
            { Status: null } when order.Index is null => OfAnyStatus(order, filter),
            _ => Select(order, "tasks_by_status", query.Status, filter),
        };
    }

    /// <summary>Every status in turn, each in the order of its keys: SQLite merges them and stops at the limit.</summary>
    private static string OfAnyStatus(TaskOrder order, string filter) => string.Join(
        " UNION ALL ", Enum.GetValues<TaskStatus>().Select(status => Select(order, "tasks_by_status", status, filter)));

    private static string Select(TaskOrder order, string index, TaskStatus? status, string filter) =>
        $"SELECT key, {order.Value}, body FROM tasks INDEXED BY {index} WHERE {filter}"
        + (status is { } only ? $" AND status = {(int)only}" : "");

    private static string Text(TaskQuery query) => query.Text switch
    {
        null or "" => "",
        { } text when Ascii.IsValid(text) =>
            @" AND (title LIKE ?6 ESCAPE '\' OR assignee LIKE ?6 ESCAPE '\' OR correlation_id LIKE ?6 ESCAPE '\')",
        _ => " AND (contains_text(title, ?6) OR contains_text(assignee, ?6) OR contains_text(correlation_id, ?6))",
    };
}
