using HumanTasks.Core.Environments;
using HumanTasks.Web.Api;
using HumanTasks.Web.Assets;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Branding;

/// <summary>The endpoints of branding: changed by owners, and served to reviewers.</summary>
internal static class BrandEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";

    public static void MapBranding(this RouteGroupBuilder api)
    {
        var branding = api.MapGroup("/branding").WithTags("Branding").RequireAuthorization(Scopes.Admin);
        branding.MapGet("", async (HttpContext context, Brands brands) =>
                TypedResults.Ok(BrandAnswer.Of(await brands.OfAsync(context.User.EnvironmentId(), context.RequestAborted), context.Request.PathBase)))
            .Operation("getBranding").Produces<BrandAnswer>()
            .WithSummary("Gets the branding of the environment.");
        branding.MapPut("", PutAsync)
            .Operation("setBranding", "conflict")
            .WithSummary("Sets accent colour, footer and links. The colour needs enough contrast on white. Keeps the logo.")
            .Takes(Brands.Body)
            .Produces<BrandAnswer>();
        branding.MapPut("/logo", PutLogoAsync)
            .Operation("setLogo", "conflict", "invalid-request").TakesToo("image/png", "image/svg+xml")
            .WithSummary("Sets the logo (PNG or SVG, up to 64 kB). Metadata is removed.")
            .Produces<BrandAnswer>();
        branding.MapDelete("/logo", async (HttpContext context, Brands brands) =>
                Changed(context, await brands.ChangeAsync(context.User.EnvironmentId(), WithoutLogo, context.RequestAborted)))
            .Operation("removeLogo", "conflict").Produces<BrandAnswer>()
            .WithSummary("Removes the logo.");
    }

    /// <summary>Maps the stylesheet and the logo, which are public; pages link to them by their hash.</summary>
    public static void MapBrandFiles(this IEndpointRouteBuilder app) =>
        app.MapMethods("/brand/{environment}/{file}", ["GET", "HEAD"], ServeAsync).MayBeCached().ExcludeFromDescription();

    private static async Task<IResult> PutAsync(HttpContext context, Brands brands)
    {
        var (settings, problem) = await ApiRequest.ReadAsync(context, Brands.Body);
        return settings is null ? problem! : Changed(context, await SetAsync(context, brands, settings));
    }

    public static Task<Brand?> SetAsync(HttpContext context, Brands brands, BrandSettings settings) => brands.ChangeAsync(
        context.User.EnvironmentId(),
        before => settings with { Logo = before.Logo, LogoType = before.LogoType },
        context.RequestAborted);

    private static async Task<IResult> PutLogoAsync(HttpContext context, Brands brands)
    {
        var (logo, problem) = await ReadLogoAsync(context.Request.Body, context.RequestAborted);
        return logo is null ? ApiProblem.InvalidDocument([new Core.Reading.Problem("", problem!)]) : Changed(context, await SetLogoAsync(context, brands, logo));
    }

    public static Task<Brand?> SetLogoAsync(HttpContext context, Brands brands, LogoImage? logo) => brands.ChangeAsync(
        context.User.EnvironmentId(),
        before => logo is null ? WithoutLogo(before) : before with { Logo = logo.Bytes, LogoType = logo.ContentType },
        context.RequestAborted);

    public static async Task<(LogoImage? Logo, string? Problem)> ReadLogoAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[LogoImage.MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return LogoImage.Read(bytes[..length]);
    }

    private static BrandSettings WithoutLogo(BrandSettings before) => before with { Logo = null, LogoType = null };

    private static IResult Changed(HttpContext context, Brand? brand) => brand is null
        ? ApiProblem.Of(StatusCodes.Status409Conflict, "conflict", "Branding changed at the same time", "Try again.")
        : TypedResults.Ok(BrandAnswer.Of(brand, context.Request.PathBase));

    private static async Task<IResult> ServeAsync(
        string environment, string file, HttpContext context, Brands brands, EnvironmentCatalog environments)
    {
        var brand = environments.Find(environment) is null ? null : await brands.OfAsync(environment, context.RequestAborted);
        if (brand?.Stylesheet is { } stylesheet && stylesheet.FileName == file)
        {
            return AssetEndpoints.Serve(stylesheet, true, context);
        }

        if (brand?.Logo is not { } logo || file != brand.LogoFile)
        {
            // A page from before the last change still has a style. It is the same for every environment and for
            // unknown ones, so that it does not reveal which environments exist.
            return file.EndsWith(".css", StringComparison.Ordinal)
                ? AssetEndpoints.Serve(AssetCatalog.Get("site.css"), false, context)
                : ApiProblem.Of(StatusCodes.Status404NotFound, "not-found", "Not found");
        }

        var headers = context.Response.Headers;
        headers.CacheControl = Forever;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Bytes(logo.Bytes, logo.ContentType);
    }
}
