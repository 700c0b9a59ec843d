using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Functions.Storage;

/// <summary>Where a human task stands in the index. It is kept with the task, as <see cref="RunPlace"/> with the run.</summary>
/// <param name="Id">The task's.</param>
/// <param name="Environment">As a part of a key.</param>
/// <param name="Assignee">As a part of a key, several with commas between them; null for nobody.</param>
/// <param name="Status">Its status in lower case.</param>
/// <param name="Listed">The version of the task with which its rows were written; see <see cref="RunPlace.Listed"/>.</param>
/// <param name="Created">In ticks.</param>
/// <param name="Expires">In ticks.</param>
/// <param name="Due">In ticks; those without come last.</param>
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
            string.Join(',', task.Assignees.Select(Key.Of)) is { Length: > 0 } assignees ? assignees : null,
            StatusOf(task.State.Status),
            before?.Listed ?? 0,
            task.CreatedAt.UtcTicks,
            task.ExpiresAt.UtcTicks,
            task.DueAt?.UtcTicks);
        return place == before ? place : place with { Listed = task.Version };
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
    /// Every row that points to the task: for each order one among all of its status and one among those of each assignee.
    /// </summary>
    /// <param name="task">Whose texts the rows carry, to be searched; null when only the keys matter.</param>
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

    /// <summary>Where the task stands in a list with this order: the same under every status and assignee.</summary>
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
