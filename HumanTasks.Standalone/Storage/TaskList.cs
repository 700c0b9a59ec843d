using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Standalone.Storage;

/// <summary>Lists of human tasks.</summary>
internal static class TaskList
{
    private const string CorrelationId =
        "(SELECT coalesce(correlation_id, id_text(id)) FROM runs WHERE runs.key = tasks.run)";

    /// <summary>The key of a name that nothing has.</summary>
    private const long NoName = -1;

    public static Page<HumanTask> Read(Connection connection, TaskQuery query, DamagedRows damaged)
    {
        try
        {
            return ReadPage(connection, query, damaged);
        }
        catch (IOException problem) when (DamagedRows.Is(problem))
        {
            return ReadOneByOne(connection, query, damaged);
        }
    }

    private static Page<HumanTask> ReadPage(Connection connection, TaskQuery query, DamagedRows damaged)
    {
        var tasks = new List<HumanTask>(query.Limit);
        var order = TaskOrder.Of(query.Sort);
        var found = query is { Text: { Length: > 0 } text, RunId: null } ? SearchIndex.Find(connection, text) : null;
        if (order != TaskOrder.DueFirst)
        {
            var after = Cursor.Read(query.Cursor, order.List);
            return new Page<HumanTask>(tasks, Read(connection, query, order, after, found, tasks, damaged));
        }

        var second = TaskOrder.WithoutDueDate;
        var cursor = Cursor.Read(query.Cursor, order.List, second.List);
        if (cursor?.List != second.List && Read(connection, query, order, cursor, found, tasks, damaged) is { } next)
        {
            return new Page<HumanTask>(tasks, next);
        }

        return new Page<HumanTask>(
            tasks, Read(connection, query, second, cursor?.List == second.List ? cursor : null, found, tasks, damaged));
    }

    /// <summary>
    /// Reads the list from a table with damaged pages, where a statement that reads bodies would fail: the keys come
    /// from an index alone, each row is read separately, and the result is filtered and sorted here.
    /// </summary>
    private static Page<HumanTask> ReadOneByOne(Connection connection, TaskQuery query, DamagedRows damaged)
    {
        var keys = connection
            .Prepare("SELECT key FROM tasks INDEXED BY tasks_by_status WHERE environment = ?1 ORDER BY key")
            .Bind(connection.Names.Find(query.Environment))
            .Integers();
        var cursor = Cursor.Read(query.Cursor, TaskOrder.Of(query.Sort).List, TaskOrder.WithoutDueDate.List);
        var found = (query.Sort == TaskSort.NewestFirst ? Enumerable.Reverse(keys) : keys)
            .Select(key => (Key: key, Task: damaged.Read(connection, "tasks", key, () => TaskRow.OfKey(connection, key))))
            .Where(item => item.Task is not null && query.Matches(item.Task))
            .OrderBy(item => query.Sort switch
            {
                TaskSort.ExpiresFirst => item.Task!.Schedule.ExpiresAt,
                TaskSort.DueFirst => item.Task!.Schedule.DueAt ?? DateTimeOffset.MaxValue,
                _ => default, // keeps the order of keys: the sort is stable
            })
            .ToList();
        var rest = found[(cursor is { } after ? found.FindIndex(item => item.Key == after.Key) + 1 : 0)..];
        var page = rest.Take(query.Limit).ToList();
        return new Page<HumanTask>(
            [.. page.Select(item => item.Task!)],
            rest.Count > page.Count ? new Cursor(TaskOrder.Of(query.Sort).List, 0, page[^1].Key).ToString() : null);
    }

    /// <summary>Fills the page; returns the cursor of the next one when there is more.</summary>
    private static string? Read(
        Connection connection,
        TaskQuery query,
        TaskOrder order,
        Cursor? cursor,
        SearchIndex.Found? found,
        List<HumanTask> page,
        DamagedRows damaged)
    {
        var after = cursor ?? order.Beginning;
        var room = query.Limit - page.Count;
        using var row = Bind(connection, Statement(query, order, found is not null, IsInTeams(connection, query)), query, after, room + 1, found);
        for (var seen = 0; row.Step(); seen++)
        {
            if (seen == room)
            {
                return after.ToString();
            }

            after = new Cursor(order.List, row.Integer(1), row.Integer(0));
            if (damaged.Read(connection, "tasks", after.Key, () => TaskRow.Read(connection, row, 2)) is { } task)
            {
                page.Add(task);
            }
        }

        return null;
    }

    /// <summary>Returns the number of tasks, counted up to a maximum.</summary>
    public static int Count(Connection connection, TaskQuery query, int most)
    {
        var found = query is { Text: { Length: > 0 } text, RunId: null } ? SearchIndex.Find(connection, text) : null;
        var order = TaskOrder.Of(TaskSort.NewestFirst);
        var sql = $"SELECT count(*) FROM ({Keys(query, order, found is not null, IsInTeams(connection, query))} LIMIT ?7)";
        using var row = Bind(connection, sql, query, order.Beginning, most, found);
        return row.Step() ? (int)row.Integer(0) : 0;
    }

    /// <summary>Returns whether the assignee shares tasks with others, or may be stored in several spellings.</summary>
    private static bool IsInTeams(Connection connection, TaskQuery query)
    {
        if (query.AssigneeForms is not [var address])
        {
            return query.Assignee is not null;
        }

        using var row = connection.Prepare("SELECT 1 FROM teams WHERE address = ?1 LIMIT 1").Bind(address);
        return row.Step();
    }

    private static Statement Bind(
        Connection connection, string sql, TaskQuery query, Cursor after, int limit, SearchIndex.Found? found)
    {
        var row = connection
            .Prepare(sql)
            .Bind(connection.Names.Find(query.Environment))
            .Bind(after.Key)
            .Bind(after.Value)
            .BindId(query.RunId)
            .Bind(query.AssigneeForms is [var only] ? only : JsonOf(query.AssigneeForms))
            .Bind(query.Text is { } text && Ascii.IsValid(text) ? Matching.Pattern(text) : query.Text)
            .Bind(limit);
        row = found is { } index ? row.Bind(index.Keys).Bind(index.Upto)
            : query.VisibleTo is null && !query.LooksAtFacts ? row
            : row.BindNull().BindNull();
        row = query.VisibleTo is null && !query.LooksAtFacts ? row : row.Bind(JsonOf(query.VisibleToForms));
        return query.LooksAtFacts ? BindFacts(connection, row, query) : row;
    }

    private static Statement BindFacts(Connection connection, Statement row, TaskQuery query) => row
        .Bind(query.RuleSet is { } ruleSet ? connection.Names.Find(ruleSet) ?? NoName : null)
        .Bind(query.DueFrom)
        .Bind(query.DueBefore)
        .Bind(query.CreatedFrom)
        .Bind(query.CreatedBefore)
        .Bind(query.Language);

    private static string? JsonOf(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : new JsonArray([.. texts.Select(text => JsonValue.Create(text))]).ToJsonString();

    /// <summary>
    /// Returns the statement that selects the page's keys first, from indexes alone if there is no search, and then
    /// their rows. An index sorts the tasks of each status: SQLite merges them and stops at the limit.
    /// </summary>
    private static string Statement(TaskQuery query, TaskOrder order, bool found, bool several) =>
        $"""
        SELECT page.key AS key, page.value AS value, {TaskRow.Columns}
        FROM ({Keys(query, order, found, several)} ORDER BY {order.By} LIMIT ?7) AS page
        CROSS JOIN {TaskRow.Tables}
        WHERE tasks.key = page.key
        ORDER BY {order.By}
        """;

    /// <param name="query">The filter.</param>
    /// <param name="order">The list's order.</param>
    /// <param name="found">Whether the search index supplies keys.</param>
    /// <param name="several">
    /// Whether the assignee shares tasks with others. Without shared tasks no sorting is needed.
    /// </param>
    private static string Keys(TaskQuery query, TaskOrder order, bool found, bool several)
    {
        var index = query switch
        {
            { RunId: not null } => "tasks_by_action",
            { Assignee: not null } => order.OfAssignee,
            _ => order.Index,
        };
        var run = query.RunId is null ? "" : " AND run = (SELECT key FROM runs WHERE id = ?4)";
        var assignee = query.Assignee is null ? ""
            : !several ? " AND assignee = ?5"
            : query.AssigneeForms.Count == 1 ? " AND assignee IN (SELECT ?5 UNION ALL SELECT assignees FROM teams WHERE address = ?5)"
            : " AND assignee IN (SELECT value FROM json_each(?5) UNION ALL SELECT assignees FROM teams WHERE address IN (SELECT value FROM json_each(?5)))";
        var statuses = query.Status is { } only ? [only] : Enum.GetValues<TaskStatus>();
        var visible = query.VisibleTo is null ? "" : " AND (assignee IS NULL OR EXISTS (SELECT 1 FROM json_each(?10)"
            + " WHERE instr(', ' || lower(assignee) || ', ', ', ' || lower(value) || ', ') > 0))";
        var filter = $"environment = ?1{run}{assignee}{visible} AND {order.After}{Text(query)}{Facts(query)}";
        var keys = found
            ?
            [
                $"""
                SELECT key, {order.Value} AS value FROM tasks
                WHERE key IN (SELECT value FROM json_each(?8) UNION SELECT key FROM tasks WHERE key > ?9)
                    AND status IN ({string.Join(", ", statuses.Select(status => (int)status))}) AND +{filter}
                """,
            ]
            : statuses.Select(status =>
                $"SELECT key, {order.Value} AS value FROM tasks INDEXED BY {index} WHERE {filter} AND status = {(int)status}");
        return string.Join(" UNION ALL ", keys);
    }

    // one condition for every combination, so that few statements are prepared; what needs the body comes last
    private static string Facts(TaskQuery query) => !query.LooksAtFacts ? ""
        : (query.IsDue switch { true => " AND due_at IS NOT NULL", false => " AND due_at IS NULL", null => "" })
        + " AND (?12 IS NULL OR due_at >= ?12) AND (?13 IS NULL OR due_at < ?13)"
        + " AND (?11 IS NULL OR (SELECT rule_set FROM runs WHERE runs.key = tasks.run) = ?11)"
        + " AND (?14 IS NULL OR created_at(body) >= ?14) AND (?15 IS NULL OR created_at(body) < ?15)"
        + " AND (?16 IS NULL OR language_of(body) = ?16)";

    private static string Text(TaskQuery query) => query.Text switch
    {
        null or "" => "",
        { } text when text.Contains('\0', StringComparison.Ordinal) => " AND ?6 IS NULL", // SQLite would end the text there
        { } text when Ascii.IsValid(text) =>
            $@" AND ({Shown(query)}(title LIKE ?6 ESCAPE '\' OR assignee LIKE ?6 ESCAPE '\') OR {CorrelationId} LIKE ?6 ESCAPE '\')",
        _ => $" AND ({Shown(query)}(contains_text(title, ?6) OR contains_text(assignee, ?6)) OR contains_text({CorrelationId}, ?6))",
    };

    // a member who only watches must not find a task by words that reveal a secret
    private static string Shown(TaskQuery query) => query.Watches ? "instr(body, CAST('\"secrets\":' AS BLOB)) = 0 AND " : "";
}
