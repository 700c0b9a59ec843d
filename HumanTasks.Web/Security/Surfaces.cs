using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

internal static class Surfaces
{
    public static TBuilder On<TBuilder>(this TBuilder builder, Surface surface)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Mark(surface));

    public static Surface Surface(this HttpContext context) =>
        context.GetEndpoint() is { } endpoint ? Of(endpoint) : Security.Surface.Open;

    public static Surface Of(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Mark>()?.Surface ?? Security.Surface.Open;

    /// <summary>
    /// Marks endpoints that check the antiforgery token themselves, because they can show the entered values again.
    /// </summary>
    public static TBuilder CheckingTokenItself<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.DisableAntiforgery().WithMetadata(new OwnCheck());

    public static bool ChecksTokenItself(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OwnCheck>() is not null;

    private sealed record OwnCheck;

    private sealed record Mark(Surface Surface);
}
