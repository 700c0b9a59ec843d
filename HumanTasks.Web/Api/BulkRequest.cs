using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request for a bulk action.</summary>
/// <param name="Action"><c>cancel</c>, <c>reassign</c> or <c>remind</c>.</param>
/// <param name="Ids">The IDs of 1 to 200 tasks.</param>
/// <param name="Reason">The reason of a cancellation, at most 1000 characters.</param>
/// <param name="Assignee">The new assignee of a reassignment.</param>
public sealed record BulkRequest(string Action, IReadOnlyList<string> Ids, string? Reason, string? Assignee)
{
    public const string Cancel = "cancel";
    public const string Reassign = "reassign";
    public const string Remind = "remind";
    public const int MaxIds = 200;

    /// <summary>The numbers of reminders that the caller knew of, by the ID of the task; null for a caller who doesn't say.</summary>
    public IReadOnlyDictionary<string, int>? Known { get; init; }

    private static readonly WordMember ActionMember = new("action", Cancel, Reassign, Remind) { Required = true };
    private static readonly TextsMember IdsMember = new("ids", MaxIds) { Required = true, MinCount = 1, Says = "The IDs of the tasks." };
    private static readonly TextMember To = new("assignee", RequestMembers.MaxGiven) { Says = "The new assignee's email address. Required when 'action' is 'reassign'." };

    public static readonly RequestBody<BulkRequest> Body = new(new Shape("BulkRequest", ActionMember, IdsMember, RequestMembers.Reason, To), Read);

    private static BulkRequest Read(ObjectReader reader)
    {
        if (reader.Any(ActionMember) is null)
        {
            reader.Refuse(ActionMember, "'action' is required.");
        }

        var action = reader.Any(ActionMember) is null ? "" : reader.OneOf(ActionMember);
        var ids = reader.Texts(IdsMember);
        if (ids.Count == 0)
        {
            reader.Refuse(IdsMember, "'ids' must have at least one task ID.");
        }

        return new BulkRequest(
            action,
            ids,
            reader.Text(RequestMembers.Reason),
            action == Reassign ? RequestMembers.Assignee(reader, required: true) : reader.Text(To.Name, RequestMembers.MaxAssignee));
    }
}
