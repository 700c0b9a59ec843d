using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// The part of the product that an endpoint belongs to. Each rule that differs between them asks for this, never for the
/// text of a path: routing ignores the case of a path, and whoever compares its text does not.
/// </summary>
internal enum Surface
{
    /// <summary>Assets, health and whatever else is for everyone; also a request that matched no endpoint.</summary>
    Open,

    /// <summary>The HTTP API.</summary>
    Api,

    /// <summary>MCP, for programs with a key.</summary>
    Tools,

    /// <summary>The pages of members.</summary>
    Studio,

    /// <summary>Where members sign in.</summary>
    SignIn,

    /// <summary>A public review link.</summary>
    Review,

    /// <summary>A secure link, which asks who opens it.</summary>
    SecureLink,
}

internal static class Surfaces
{
    public static TBuilder On<TBuilder>(this TBuilder builder, Surface surface)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Mark(surface));

    public static Surface Surface(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Mark>()?.Surface ?? Security.Surface.Open;

    /// <summary>Marks endpoints that check the antiforgery token themselves, where they can show again what was typed.</summary>
    public static TBuilder CheckingTokenItself<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.DisableAntiforgery().WithMetadata(new OwnCheck());

    public static bool ChecksTokenItself(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OwnCheck>() is not null;

    private sealed record OwnCheck;

    private sealed record Mark(Surface Surface);
}
