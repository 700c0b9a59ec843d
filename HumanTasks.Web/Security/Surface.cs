using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// The part of the product that an endpoint belongs to. Rules that differ between parts use this, never the text of a
/// path: routing ignores a path's letter case, and a comparison of its text does not.
/// </summary>
internal enum Surface
{
    /// <summary>Assets, health and whatever else is public; also a request that matched no endpoint.</summary>
    Open,

    /// <summary>The HTTP API.</summary>
    Api,

    /// <summary>MCP, for programs with an API key.</summary>
    Tools,

    /// <summary>The pages of members.</summary>
    Studio,

    /// <summary>The sign-in pages of members.</summary>
    SignIn,

    /// <summary>A public review link.</summary>
    Review,

    /// <summary>A secure link, which verifies who opens it.</summary>
    SecureLink,
}

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
