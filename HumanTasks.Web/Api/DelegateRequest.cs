using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request to delegate a task.</summary>
/// <param name="Assignee">An address that the action allows.</param>
/// <param name="Note">A note for the new assignee, at most 1000 characters.</param>
/// <param name="By">The assignee, for a call with an API key; a member is known.</param>
public sealed record DelegateRequest(string Assignee, string? Note, string? By)
{
    private static readonly TextMember NoteMember = new("note") { Says = "A note for the new assignee." };

    public static readonly RequestBody<DelegateRequest> Body = new(
        new Shape("DelegateRequest", RequestMembers.NewAssignee, NoteMember, RequestMembers.By),
        reader => new DelegateRequest(
            RequestMembers.Assignee(reader, required: true)!, reader.Text(NoteMember), reader.Text(RequestMembers.By)));
}
