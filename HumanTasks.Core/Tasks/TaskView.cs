using HumanTasks.Core.People;

namespace HumanTasks.Core.Tasks;

/// <summary>A task as one person sees it: pages, codes, sessions, drafts, emails and links are one person's.</summary>
/// <param name="Task">The task.</param>
/// <param name="Seat">
/// The seat of the person; null for anyone with the link, and for nobody in particular of several.
/// </param>
public sealed record TaskView(HumanTask Task, Seat? Seat)
{
    public string Id => Task.Id;

    public string RunId => Task.RunId;

    public string Environment => Task.Environment;

    public string Action => Task.Action;

    public string CorrelationId => Task.CorrelationId;

    public TaskKind Kind => Task.Kind;

    public Question Question => Task.Question;

    public Rights Rights => Task.Rights;

    public Schedule Schedule => Task.Schedule;

    public TaskState State => Task.State;

    public History History => Task.History;

    /// <summary>The seat in a task for several people; null for the only assignee.</summary>
    public Seat? OneOfSeveral => Task.Asked is Asked.Several ? Seat : null;

    /// <summary>The address of the person, or of all assignees; null for anyone with the link.</summary>
    public string? Assignee => Seat is { } seat ? seat.Assignee : Task.Asked.Names;

    /// <summary>The number of the seat in links; 0 for the only assignee and for anyone with the link.</summary>
    public int SeatNumber => Seat?.Number ?? 0;

    /// <summary>The generation of the person's valid link.</summary>
    public int Generation => Seat is { } seat ? seat.Generation : (Task.Asked as Asked.Anyone)?.Generation ?? 0;

    /// <summary>How often the person may respond and has responded.</summary>
    public Uses Uses => OneOfSeveral is { } seat ? new Uses(1, seat.Answer is null ? 0 : 1) : Task.Asked.Uses;

    /// <summary>The number of further responses that the person may give.</summary>
    public int UsesLeft => State.Status == TaskStatus.Pending ? Uses.Left : 0;

    /// <summary>Returns the view of the only assignee or of anyone with the link; of several people that of nobody in particular.</summary>
    public static TaskView Of(HumanTask task) => new(task, (task.Asked as Asked.One)?.Seat);

    /// <summary>Returns the view of a seat; 0 is the only assignee, or anyone with the link. Null if the seat does not exist.</summary>
    public static TaskView? Of(HumanTask task, int seat) => task.Asked.Find(seat) is { } found ? new TaskView(task, found)
        : task.Asked is Asked.Anyone && seat == 0 ? new TaskView(task, null)
        : null;

    /// <summary>Returns the view of a person; that of nobody in particular if the person isn't one of several assignees.</summary>
    public static TaskView Of(HumanTask task, string? address) =>
        task.Asked is Asked.Several && task.Asked.Of(address) is { } seat ? new TaskView(task, seat) : Of(task);

    /// <summary>Returns the view of a person who can respond now; null if they can't.</summary>
    public static TaskView? Answerable(HumanTask task, string? address)
    {
        var view = Of(task, address);
        return task.State.IsPending && !task.Rights.Excludes(address)
            && (task.Asked is not Asked.Several || task.Asked.Open.Any(seat => seat.Number == view.Seat?.Number))
                ? view
                : null;
    }

    /// <summary>Returns whether the view is of a person with this address.</summary>
    public bool IsOf(string address) => Seat is { } seat ? PersonAddress.Same(seat.Assignee, address) : Task.IsAssignedTo(address);

    /// <summary>Returns another state of the task, seen by the same person.</summary>
    public TaskView In(HumanTask task) => Of(task, SeatNumber) ?? Of(task);
}
