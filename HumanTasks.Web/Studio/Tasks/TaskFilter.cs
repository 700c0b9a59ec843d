using HumanTasks.Core.Ports;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The filter of a list of tasks, completely contained in its address.</summary>
/// <param name="Status">The status; null for all.</param>
/// <param name="Text">A text to search in title, assignee and correlation ID.</param>
/// <param name="Sort">The order.</param>
/// <param name="Mine">Whether to show only tasks assigned to the reader.</param>
/// <param name="Table">Whether to show a table instead of cards.</param>
/// <param name="Cursor">The cursor of a later page.</param>
public sealed record TaskFilter(TaskStatus? Status, string? Text, TaskSort Sort, bool Mine, bool Table, string? Cursor)
{
    public const int PageSize = 25;

    /// <summary>The orders by their names in the address, each with the name of its text.</summary>
    public static IReadOnlyList<(string Value, TaskSort Sort, string Text)> Sorts { get; } =
    [
        ("-createdAt", TaskSort.NewestFirst, "SortNewest"),
        ("createdAt", TaskSort.OldestFirst, "SortOldest"),
        ("dueAt", TaskSort.DueFirst, "SortDue"),
        ("expiresAt", TaskSort.ExpiresFirst, "SortExpires"),
    ];

    private const int MaxText = 200;

    public string StatusName => Status is { } status ? WireNames.Of(status) : "all";

    public string SortName => Sorts.First(sort => sort.Sort == Sort).Value;

    public static TaskFilter Read(IQueryCollection query) => new(
        Workspace.Text(query["status"]) switch
        {
            "all" => null,
            { } status when WireNames.TryStatus(status, out TaskStatus known) => known,
            _ => TaskStatus.Pending,
        },
        Workspace.Text(query["q"]) is { Length: <= MaxText } text ? text : null,
        Sorts.FirstOrDefault(sort => sort.Value == Workspace.Text(query["sort"])) is { Value: not null } sort ? sort.Sort : TaskSort.NewestFirst,
        Workspace.Text(query["mine"]) == "true",
        Workspace.Text(query["view"]) == "table",
        Workspace.Text(query["cursor"]));

    public TaskQuery ToQuery(HttpContext context, string environment) => new(
        environment, PageSize, Cursor, Status, Mine ? context.User.MemberAddress() : null, Text: Text, Sort: Sort)
    {
        VisibleTo = context.User.VisibleTo(),
        Watches = context.User.IsMember(),
    };

    /// <summary>Returns the address of this list, without default values.</summary>
    public string ToQueryString()
    {
        List<string> parts = [$"status={StatusName}"];
        Add("q", Text);
        Add("sort", Sort == TaskSort.NewestFirst ? null : SortName);
        Add("mine", Mine ? "true" : null);
        Add("view", Table ? "table" : null);
        Add("cursor", Cursor);
        return "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }
}
