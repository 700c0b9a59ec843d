using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Configuration;

/// <summary>
/// The path of <c>HumanTasks:PublicBaseAddress</c>, if it has one. A proxy may remove it from requests or leave it:
/// both lead to the same endpoint, and responses contain it either way.
/// </summary>
internal static class PublicPath
{
    /// <summary>The first segments of our own paths. A public path that began with one would be ambiguous.</summary>
    private static readonly string[] Own =
        ["api", "assets", "brand", "dev", "health", "mcp", "openapi", "review", "schemas", "start", "studio", "task", ".well-known"];

    public static IApplicationBuilder UsePublicPath(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.RequestServices.GetRequiredService<PublicBaseAddress>().Path is { Length: > 0 } path)
        {
            var request = context.Request;
            var prefix = new PathString(path);
            if (request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
            {
                request.Path = rest.HasValue ? rest : "/";
            }

            request.PathBase = prefix;
        }

        return next(context);
    });

    /// <summary>Returns the problem of a public address; null when it is valid.</summary>
    public static string? Problem(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            return "HumanTasks:PublicBaseAddress must be an absolute http or https address.";
        }

        var parts = address.AbsolutePath.Trim('/').Split('/');
        return address.Query.Length > 0 || address.Fragment.Length > 0
            ? "HumanTasks:PublicBaseAddress must not have a query or fragment."
            : !parts.All(part => part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '~'))
                || (parts.Length > 1 && parts.Contains(""))
            ? "HumanTasks:PublicBaseAddress can have only letters, digits and - _ . ~ in its path segments."
            : Own.Contains(parts[0], StringComparer.OrdinalIgnoreCase)
            ? $"HumanTasks:PublicBaseAddress must not have a path that starts with /{parts[0]}, because HumanTasks uses that path."
            : null;
    }
}
