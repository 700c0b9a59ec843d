using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request to claim or release a task.</summary>
/// <param name="By">The candidate, for a call with an API key; a member is known.</param>
public sealed record ClaimRequest(string? By)
{
    public static readonly RequestBody<ClaimRequest> Body = new(
        new Shape("ClaimRequest", RequestMembers.By), reader => new ClaimRequest(reader.Text(RequestMembers.By)), IsOptional: true);
}
