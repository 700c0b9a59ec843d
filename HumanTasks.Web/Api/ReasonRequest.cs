using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request with a reason.</summary>
/// <param name="Reason">The reason, at most 1000 characters.</param>
public sealed record ReasonRequest(string? Reason)
{
    public static readonly RequestBody<ReasonRequest> Body = new(
        new Shape("ReasonRequest", RequestMembers.Reason),
        reader => new ReasonRequest(reader.Text(RequestMembers.Reason)),
        IsOptional: true);
}
