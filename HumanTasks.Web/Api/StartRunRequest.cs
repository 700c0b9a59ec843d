using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request to start a run.</summary>
/// <param name="Context">The run's context. Default empty.</param>
/// <param name="CorrelationId">1 to 128 printable ASCII characters. Default the run's ID.</param>
public sealed record StartRunRequest(JsonObject? Context, string? CorrelationId)
{
    public static readonly RequestBody<StartRunRequest> Body = new(
        new Shape("StartRunRequest", RequestMembers.ContextMember, RequestMembers.CorrelationIdMember),
        reader => new StartRunRequest(RequestMembers.Context(reader), RequestMembers.CorrelationId(reader)),
        IsOptional: true);
}
