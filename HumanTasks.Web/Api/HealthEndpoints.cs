using HumanTasks.Core;
using HumanTasks.Core.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
public static class HealthEndpoints
{
    private static readonly string NoRun = Ids.Encode(new byte[Ids.ByteLength]);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", ["GET", "HEAD"], Live).WithTags("Health");
        app.MapMethods("/health/ready", ["GET", "HEAD"], ReadyAsync).WithTags("Health");
    }

    private static Ok<HealthAnswer> Live() => TypedResults.Ok(new HealthAnswer("healthy"));

    // ready means that the store answers; an exception becomes the 500 of the pipeline and is logged there
    private static async Task<Ok<HealthAnswer>> ReadyAsync(IRunStore store, CancellationToken cancellationToken)
    {
        await store.FindRunAsync(NoRun, cancellationToken);
        return TypedResults.Ok(new HealthAnswer("healthy"));
    }
}

public sealed record HealthAnswer(string Status);
