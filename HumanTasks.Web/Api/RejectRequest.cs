using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request to reject a task.</summary>
/// <param name="Reason">The reason, at most 1000 characters.</param>
/// <param name="By">Who declines, for a call with an API key; a member is known.</param>
public sealed record RejectRequest(string? Reason, string? By)
{
    public static readonly RequestBody<RejectRequest> Body = new(
        new Shape("RejectRequest", RequestMembers.Reason, RequestMembers.By),
        reader => new RejectRequest(reader.Text(RequestMembers.Reason), reader.Text(RequestMembers.By)),
        IsOptional: true);
}
