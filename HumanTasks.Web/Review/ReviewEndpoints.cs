using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Review;

public static class ReviewEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddBrowserSecurity();
        services.AddScoped<KeptFiles>();
        services.AddScoped<FormModels>();
        services.AddScoped<Uploads>();
        services.AddScoped<SubmissionReader>();
        services.AddScoped<Submitting>();
        services.AddScoped<Receipts.Receipts>();
        return services;
    }

    /// <summary>The pages behind links, and the same for programs.</summary>
    public static IEndpointRouteBuilder MapReview(this IEndpointRouteBuilder app)
    {
        var review = app.MapGroup("/review/{token}")
            .WithTags("Review")
            .AddEndpointFilter<RouteGroupBuilder, ReviewLanguage>()
            .WithBrowserSecurity(request => ReviewRefusal.CrossSite.Answer(request))
            .AddEndpointFilter<RouteGroupBuilder, ReviewLimits>();
        review.MapMethods("", Reading, OpenAsync);
        review.MapPost("", SubmitAsync).DisableAntiforgery(); // checked where a page can keep what was typed
        review.MapMethods("/responses/{responseId}", Reading, ShowReceiptAsync);
        review.MapMethods("/responses/{responseId}/receipt", Reading, DownloadAsync);
        return app;
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        TaskDesk desk,
        FormModels models,
        CancellationToken cancellationToken)
    {
        Vary(context);
        var verdict = OpenedLink.ClaimOf(context) is { } claim
            ? await desk.OpenAsync(claim, cancellationToken)
            : new Verdict.Unknown();
        return verdict is not Verdict.Open { Task: var task } ? ReviewAnswers.Refused(context, verdict)
            : context.Request.WantsJson() ? TypedResults.Json(ReviewAnswers.Of(task), ReviewJson.Default.ReviewForm)
            : ReviewAnswers.Page(models.Of(context, task));
    }

    private static Task<IResult> SubmitAsync(
        HttpContext context, Submitting submitting, CancellationToken cancellationToken)
    {
        Vary(context);
        return OpenedLink.ClaimOf(context) is { } claim
            ? submitting.SubmitAsync(context, claim, cancellationToken)
            : Task.FromResult(ReviewRefusal.NotFound.Answer(context.Request));
    }

    private static async Task<IResult> ShowReceiptAsync(
        string token,
        string responseId,
        HttpContext context,
        Receipts.Receipts receipts,
        CancellationToken cancellationToken)
    {
        Vary(context);
        var (receipt, refusal) = await FindAsync(responseId, context, receipts, cancellationToken);
        if (receipt is null)
        {
            return refusal!.Answer(context.Request);
        }

        if (context.Request.WantsJson())
        {
            return TypedResults.Json(ReviewAnswers.Of(receipt), ReviewJson.Default.ReviewReceipt);
        }

        var address = context.Request.PathBase + $"/review/{token}";
        return new RazorComponentResult<ReceiptPage>(new Dictionary<string, object?>
        {
            [nameof(ReceiptPage.Receipt)] = receipt,
            [nameof(ReceiptPage.Address)] = $"{address}/responses/{receipt.Response.Id}",
            [nameof(ReceiptPage.FormAddress)] = address,
        });
    }

    private static async Task<IResult> DownloadAsync(
        string responseId,
        HttpContext context,
        Receipts.Receipts receipts,
        CancellationToken cancellationToken)
    {
        var (receipt, refusal) = await FindAsync(responseId, context, receipts, cancellationToken);
        return receipt is null
            ? refusal!.Answer(context.Request)
            : TypedResults.File(ReceiptFile.Write(receipt), "text/plain; charset=utf-8", $"receipt-{receipt.Response.Id}.txt");
    }

    private static async Task<(Receipt? Receipt, ReviewRefusal? Refusal)> FindAsync(
        string responseId,
        HttpContext context,
        Receipts.Receipts receipts,
        CancellationToken cancellationToken) =>
        OpenedLink.ClaimOf(context) is { } claim
            ? await receipts.FindAsync(claim, responseId, wake: HttpMethods.IsGet(context.Request.Method), cancellationToken)
            : (null, ReviewRefusal.NotFound);

    private static void Vary(HttpContext context) =>
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
}
