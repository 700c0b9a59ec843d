using HumanTasks.Core.Ports;
using HumanTasks.Web.Api;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Http;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>What a list of tasks shows: all of it is in its address.</summary>
/// <param name="Status">Null is all.</param>
/// <param name="Text">Searched in title, assignee and correlation id.</param>
/// <param name="Sort">The order.</param>
/// <param name="Mine">Only those assigned to who reads.</param>
/// <param name="Table">A table instead of cards.</param>
/// <param name="Cursor">Of a later page.</param>
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
        Desk.Text(query["status"]) switch
        {
            "all" => null,
            { } status when WireNames.TryStatus(status, out TaskStatus known) => known,
            _ => TaskStatus.Pending,
        },
        Desk.Text(query["q"]) is { Length: <= MaxText } text ? text : null,
        Sorts.FirstOrDefault(sort => sort.Value == Desk.Text(query["sort"])) is { Value: not null } sort ? sort.Sort : TaskSort.NewestFirst,
        Desk.Text(query["mine"]) == "true",
        Desk.Text(query["view"]) == "table",
        Desk.Text(query["cursor"]));

    public TaskQuery ToQuery(HttpContext context, string environment) => new(
        environment, PageSize, Cursor, Status, Mine ? context.User.MemberAddress() : null, Text: Text, Sort: Sort)
    {
        VisibleTo = context.User.VisibleTo(),
        Watches = context.User.IsMember(),
    };

    /// <summary>The address of this list, without what goes without saying.</summary>
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
