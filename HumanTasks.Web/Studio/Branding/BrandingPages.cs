using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Branding;

/// <summary>The pages on which owners set the branding of their environment.</summary>
internal static class BrandingPages
{
    private static readonly string[] Members = ["accent", "footer", "imprint", "privacy"];

    public static void MapBrandingPages(this RouteGroupBuilder studio)
    {
        studio.MapMethods("/branding", ["GET", "HEAD"], ShowAsync).RequireAuthorization(Scopes.Admin).InEnglishOrGerman();
        studio.MapPost("/branding", SaveAsync).RequireAuthorization(Scopes.Admin).InEnglishOrGerman().DisableAntiforgery();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Brands brands) => Workspace.Page<BrandingPage>(
        context,
        null,
        (nameof(BrandingPage.Brand), await brands.OfAsync(context.User.EnvironmentId(), context.RequestAborted)),
        (nameof(BrandingPage.Said), context.Request.Query["said"] == "saved" ? StudioAdminTexts.Get("SaidBrandingSaved") : null));

    private static async Task<IResult> SaveAsync(HttpContext context, Brands brands)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var given = new JsonObject(Members
            .Where(member => !string.IsNullOrWhiteSpace(form[member]))
            .Select(member => KeyValuePair.Create(member, (JsonNode?)form[member].ToString().Trim().ReplaceLineEndings("\n"))));
        var problems = new Problems();
        var settings = Brands.Read(ObjectReader.Open(JsonSerializer.SerializeToElement(given, ValueJson.Default.JsonNode), "", problems)!);
        LogoImage? logo = null;
        string? wrong = null;
        if (form.Files["logo"] is { Length: > 0 } file)
        {
            await using var content = file.OpenReadStream();
            (logo, wrong) = await BrandEndpoints.ReadLogoAsync(content, context.RequestAborted);
        }

        var problem = wrong ?? (problems.Count > 0 ? problems[0].Message : null);
        if (problem is null
            && (await BrandEndpoints.SetAsync(context, brands, settings) is null
                || ((logo is not null || form["remove"] == "true") && await BrandEndpoints.SetLogoAsync(context, brands, logo) is null)))
        {
            problem = StudioAdminTexts.Get("BrandingConflict");
        }

        if (problem is not null)
        {
            var typed = new BrandSettings
            {
                Accent = form["accent"],
                Footer = form["footer"],
                Imprint = form["imprint"],
                Privacy = form["privacy"],
            };
            return Workspace.Show<BrandingPage>(
                context,
                StatusCodes.Status422UnprocessableEntity,
                (nameof(BrandingPage.Brand), await brands.OfAsync(context.User.EnvironmentId(), context.RequestAborted)),
                (nameof(BrandingPage.Typed), typed),
                (nameof(BrandingPage.Problem), problem));
        }

        return new SeeOther($"{context.Request.PathBase}/studio/{context.User.EnvironmentId()}/branding?said=saved");
    }
}
