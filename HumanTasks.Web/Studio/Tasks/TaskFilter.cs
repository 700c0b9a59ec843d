using HumanTasks.Core.Ports;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The filter, order and view of a list of tasks, completely contained in its address.</summary>
public sealed record TaskFilter
{
    public const int PageSize = 50;

    /// <summary>The maximum number of columns beside those of every task.</summary>
    public const int MaxColumns = 6;

    /// <summary>The orders by their names in the address, each with the name of its text.</summary>
    public static IReadOnlyList<(string Value, TaskSort Sort, string Text)> Sorts { get; } =
    [
        ("dueAt", TaskSort.DueFirst, "SortDue"),
        ("-createdAt", TaskSort.NewestFirst, "SortNewest"),
        ("createdAt", TaskSort.OldestFirst, "SortOldest"),
        ("expiresAt", TaskSort.ExpiresFirst, "SortExpires"),
    ];

    private const int MaxText = 200;

    /// <summary>The status; null for all.</summary>
    public TaskStatus? Status { get; init; } = TaskStatus.Pending;

    /// <summary>A text to search in title, assignee and correlation ID.</summary>
    public string? Text { get; init; }

    /// <summary>The order; null for the usual one of the status.</summary>
    public TaskSort? GivenSort { get; init; }

    /// <summary>Whether to show only tasks that wait for the reader.</summary>
    public bool Mine { get; init; }

    /// <summary>Whether to show cards instead of rows.</summary>
    public bool Cards { get; init; }

    /// <summary>The rule set; null for all.</summary>
    public string? RuleSet { get; init; }

    /// <summary>The assignee; null for all.</summary>
    public string? Assignee { get; init; }

    /// <summary>The language that the author of the task set; null for all.</summary>
    public string? Language { get; init; }

    /// <summary>The name of one of <see cref="TimeFilter.Due"/>; null for all.</summary>
    public string? Due { get; init; }

    /// <summary>The name of one of <see cref="TimeFilter.Created"/>; null for all.</summary>
    public string? Created { get; init; }

    /// <summary>The keys of the columns beside those of every task; see <see cref="QueueColumn"/>.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The page of the list.</summary>
    public QueuePlace Place { get; init; } = QueuePlace.First;

    /// <summary>The order: what is pending by its due date, what is over by its creation.</summary>
    public TaskSort Sort => GivenSort ?? (Status == TaskStatus.Pending ? TaskSort.DueFirst : TaskSort.NewestFirst);

    public string StatusName => Status is { } status ? WireNames.Of(status) : "all";

    /// <summary>Whether more than status and scope is filtered.</summary>
    public bool IsNarrow => (Text ?? RuleSet ?? Assignee ?? Language ?? Due ?? Created) is not null;

    /// <summary>The list without what narrows it.</summary>
    public TaskFilter Wide => At(QueuePlace.First) with { Text = null, RuleSet = null, Assignee = null, Language = null, Due = null, Created = null };

    public static TaskFilter Read(string query) => Read(new QueryCollection(QueryHelpers.ParseQuery(query)));

    public static TaskFilter Read(IQueryCollection query)
    {
        var assignee = Short(query, "assignee");
        return new TaskFilter
        {
            Status = Workspace.Text(query["status"]) switch
            {
                "all" => null,
                { } status when WireNames.TryStatus(status, out TaskStatus known) => known,
                _ => TaskStatus.Pending,
            },
            Text = Short(query, "q"),
            GivenSort = Sorts.FirstOrDefault(sort => sort.Value == Workspace.Text(query["sort"])) is { Value: not null } sort ? sort.Sort : null,
            Mine = assignee is null && Workspace.Text(query["mine"]) == "true",
            Cards = Workspace.Text(query["view"]) == "cards",
            RuleSet = Short(query, "ruleSet"),
            Assignee = assignee,
            Language = Workspace.Text(query["language"]) is { } language && Languages.All.Contains(language, StringComparer.Ordinal) ? language : null,
            Due = TimeFilter.Find(TimeFilter.Due, Workspace.Text(query["due"]))?.Name,
            Created = TimeFilter.Find(TimeFilter.Created, Workspace.Text(query["created"]))?.Name,
            Columns = [.. query["columns"].OfType<string>().Where(QueueColumn.IsKey).Distinct(StringComparer.Ordinal).Take(MaxColumns)],
            Place = QueuePlace.Read(query),
        };
    }

    public TaskFilter At(QueuePlace place) => this with { Place = place };

    /// <summary>Returns the query of the tasks that a caller may see.</summary>
    public TaskQuery ToQuery(HttpContext context, DateTimeOffset now)
    {
        var visibleTo = context.User.VisibleTo();

        // what a responder may see is theirs or nobody's, and so waits for them
        var query = new TaskQuery(
            context.User.EnvironmentId(),
            PageSize,
            Place.Cursor,
            Status,
            Assignee ?? (Mine && visibleTo is null ? context.User.MemberAddress() : null),
            Text: Text,
            Sort: Sort)
        {
            VisibleTo = visibleTo,
            Watches = context.User.IsMember(),
            RuleSet = RuleSet,
            Language = Language,
        };
        return TimeFilter.Apply(TimeFilter.Apply(query, TimeFilter.Due, Due, now), TimeFilter.Created, Created, now);
    }

    /// <summary>Returns the address of this list, without default values.</summary>
    public string ToQueryString()
    {
        List<string> parts = [$"status={StatusName}"];
        Add("q", Text);
        Add("sort", GivenSort is { } given ? Sorts.First(sort => sort.Sort == given).Value : null);
        Add("mine", Mine ? "true" : null);
        Add("ruleSet", RuleSet);
        Add("assignee", Assignee);
        Add("due", Due);
        Add("created", Created);
        Add("language", Language);
        Add("view", Cards ? "cards" : "table");
        foreach (var column in Columns)
        {
            Add("columns", column);
        }

        Place.AddTo(Add);
        return "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }

    private static string? Short(IQueryCollection query, string name) =>
        Workspace.Text(query[name])?.Trim() is { Length: > 0 and <= MaxText } text ? text : null;
}
