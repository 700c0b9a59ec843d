using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request to reassign a task.</summary>
/// <param name="Assignee">An email address of at most 254 characters.</param>
/// <param name="From">The assignee to replace, for a task with several.</param>
public sealed record ReassignRequest(string Assignee, string? From)
{
    private static readonly TextMember FromMember = new("from", RequestMembers.MaxAssignee) { Says = "Which of several assignees is replaced." };

    public static readonly RequestBody<ReassignRequest> Body = new(
        new Shape("ReassignRequest", RequestMembers.NewAssignee, FromMember),
        reader => new ReassignRequest(RequestMembers.Assignee(reader, required: true)!, reader.Text(FromMember)));
}
