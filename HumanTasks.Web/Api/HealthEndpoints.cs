using System.Globalization;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>The health endpoints: whether the process is alive, and whether it is ready.</summary>
public static class HealthEndpoints
{
    private static readonly string NoRun = Ids.Encode(new byte[Ids.ByteLength]);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", ["GET", "HEAD"], Live)
            .WithTags("Health")
            .WithSummary("Says whether the process is alive.")
            .Operation("getLiveness")
            .Produces<HealthAnswer>();
        app.MapMethods("/health/ready", ["GET", "HEAD"], ReadyAsync)
            .WithTags("Health")
            .WithSummary("Says whether the service can do its work.")
            .Operation("getReadiness")
            .Produces<HealthAnswer>()
            .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static string FaultedReason(int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} {(count == 1 ? "run" : "runs")} met an unexpected error in the last hour. Search the log for 'unexpected error'.");

    private static Ok<HealthAnswer> Live() => TypedResults.Ok(new HealthAnswer("healthy"));

    // ready means that the store can be read and written; any other exception becomes the pipeline's 500
    private static async Task<JsonHttpResult<HealthAnswer>> ReadyAsync(
        IRunStore store, IEnumerable<IReadiness> parts, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            await store.FindRunAsync(NoRun, cancellationToken);
            return Answer(await Task.WhenAll(parts.Select(part => part.LookAsync(cancellationToken))));
        }
        catch (StorageUnavailableException refusal)
        {
            ApiProblem.RetryStorageLater(context);
            return Answer([new Readiness(refusal.Message)]);
        }
    }

    private static JsonHttpResult<HealthAnswer> Answer(Readiness[] looks)
    {
        var obstacle = looks.FirstOrDefault(look => look.Obstacle is not null)?.Obstacle;
        var damaged = looks.Sum(look => look.DamagedRecords);
        var faulted = looks.Sum(look => look.FaultedRuns);
        string[] degraded = [.. faulted > 0 ? [FaultedReason(faulted)] : Array.Empty<string>(), .. looks.Select(look => look.Degraded).OfType<string>()];
        return TypedResults.Json(
            new HealthAnswer(
                obstacle is not null ? "unavailable" : damaged > 0 || degraded.Length > 0 ? "degraded" : "healthy",
                obstacle ?? (degraded.Length > 0 ? string.Join(' ', degraded) : null),
                damaged > 0 ? damaged : null,
                faulted > 0 ? faulted : null),
            WebJson.Default.HealthAnswer,
            statusCode: obstacle is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
