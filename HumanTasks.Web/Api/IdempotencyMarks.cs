using Microsoft.AspNetCore.Builder;

namespace HumanTasks.Web.Api;

internal static class IdempotencyMarks
{
    /// <summary>Marks an endpoint that returns 204 as soon as the run or task in its path is changed.</summary>
    public static TBuilder AnswersNoContent<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Idempotency.NoContentMark());
}
