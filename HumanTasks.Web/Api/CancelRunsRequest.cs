using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request to cancel all runs with a correlation ID.</summary>
/// <param name="CorrelationId">The correlation ID.</param>
/// <param name="Reason">The reason, at most 1000 characters.</param>
public sealed record CancelRunsRequest(string CorrelationId, string? Reason)
{
    private static readonly TextMember Which = new("correlationId", RequestMembers.MaxCorrelationId) { Required = true, Says = "Every active run with this correlation ID is cancelled." };

    public static readonly RequestBody<CancelRunsRequest> Body = new(
        new Shape("CancelRunsRequest", Which, RequestMembers.Reason),
        reader => new CancelRunsRequest(reader.RequiredText(Which), reader.Text(RequestMembers.Reason)));
}
