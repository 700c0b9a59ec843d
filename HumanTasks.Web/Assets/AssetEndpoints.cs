using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Assets;

public static class AssetEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapAssets(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/assets/{file}", Reading, Find).MayBeCached().ExcludeFromDescription();
        return app;
    }

    private static IResult Find(string file, HttpContext context) => AssetCatalog.Find(file) is { } found
        ? Serve(found.Asset, found.IsCurrent, context)
        : ApiProblem.Of(StatusCodes.Status404NotFound, "not-found", "Not found");

    internal static IResult Serve(Asset asset, bool isCurrent, HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = isCurrent ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        var (bytes, encoding) = Encoded(asset, context.Request);
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        return TypedResults.Bytes(bytes, asset.ContentType);
    }

    private static (byte[] Bytes, string? Encoding) Encoded(Asset asset, HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding
            .Where(encoding => encoding.Quality is null or > 0)
            .Select(encoding => encoding.Value.Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return accepted.Contains("br") ? (asset.Brotli, "br")
            : accepted.Contains("gzip") ? (asset.Gzip, "gzip")
            : (asset.Bytes, null);
    }
}
