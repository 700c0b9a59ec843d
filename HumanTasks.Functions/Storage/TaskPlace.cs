using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The place of a human task in the index. It is stored with the task, as <see cref="RunPlace"/> with the run.
/// </summary>
/// <param name="Id">The task's ID.</param>
/// <param name="Environment">The environment as a part of a key.</param>
/// <param name="Assignee">The assignee as a part of a key, several separated by commas; null for nobody.</param>
/// <param name="Status">The status in lower case.</param>
/// <param name="Listed">The version of the task that wrote its rows; see <see cref="RunPlace.Listed"/>.</param>
/// <param name="Created">The time of creation, in ticks.</param>
/// <param name="Expires">The time of expiry, in ticks.</param>
/// <param name="Due">The due time, in ticks; tasks without one come last.</param>
internal sealed record TaskPlace(
    string Id,
    string Environment,
    string? Assignee,
    string Status,
    int Listed,
    long Created,
    long Expires,
    long? Due)
{
    private static readonly TaskSort[] Sorts = Enum.GetValues<TaskSort>();

    public static TaskPlace Of(HumanTask task, TaskPlace? before)
    {
        var place = new TaskPlace(
            task.Id,
            Key.Of(task.Environment),
            string.Join(',', task.Asked.Assignees.Select(Key.Of)) is { Length: > 0 } assignees ? assignees : null,
            StatusOf(task.State.Status),
            before?.Listed ?? 0,
            task.History.CreatedAt.UtcTicks,
            task.Schedule.ExpiresAt.UtcTicks,
            task.Schedule.DueAt?.UtcTicks);
        return place == before ? place : place with { Listed = task.History.Version };
    }

    public static TaskPlace Read(TableEntity entity, string taskId) => new(
        taskId,
        entity.GetString(nameof(Environment)),
        entity.GetString(nameof(Assignee)),
        entity.GetString(nameof(Status)),
        entity.GetInt32(nameof(Listed)) ?? 0,
        entity.GetInt64(nameof(Created)) ?? 0,
        entity.GetInt64(nameof(Expires)) ?? 0,
        entity.GetInt64(nameof(Due)));

    public void WriteTo(TableEntity entity)
    {
        entity[nameof(Environment)] = Environment;
        entity[nameof(Assignee)] = Assignee;
        entity[nameof(Status)] = Status;
        entity[nameof(Listed)] = Listed;
        entity[nameof(Created)] = Created;
        entity[nameof(Expires)] = Expires;
        entity[nameof(Due)] = Due;
    }

    /// <summary>
    /// Returns every row that points to the task: for each order one under its status, and one under each assignee.
    /// </summary>
    /// <param name="task">The task whose searchable texts the rows carry; null when only the keys matter.</param>
    public IEnumerable<IndexRow> Rows(HumanTask? task)
    {
        var list = TaskLists.Partition(Environment);
        string?[] assignees = Assignee is null ? [null] : [null, .. Assignee.Split(',')];
        foreach (var sort in Sorts)
        {
            foreach (var assignee in assignees)
            {
                yield return new IndexRow(
                    list,
                    Key.Join(TaskLists.Under(sort, Status, assignee), Position(sort), Key.Version(Listed)),
                    HumanTask.RunIdOf(Id)!)
                {
                    Task = task,
                };
            }
        }
    }

    /// <summary>
    /// Returns the task's position in lists with this order, the same under every status and assignee.
    /// </summary>
    public string Position(TaskSort sort)
    {
        var by = sort switch
        {
            TaskSort.NewestFirst => Key.Descending(Created),
            TaskSort.OldestFirst => Key.Ascending(Created),
            TaskSort.ExpiresFirst => Key.Ascending(Expires),
            TaskSort.DueFirst => Key.Ascending(Due ?? long.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(sort)),
        };
        return Key.Join(by, HumanTask.RunIdOf(Id)!, RunKey.TaskPart(Id));
    }

    public static string StatusOf(TaskStatus status) => status.ToString().ToLowerInvariant();
}
