using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Review.Drafts;
using HumanTasks.Web.Review.Isolated;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
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

    private static readonly string[] NotNow = ["answer-under-review", "task-claimed", "not-an-assignee", "same-person"];

    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddBrowserSecurity();
        services.AddScoped<KeptFiles>();
        services.AddScoped<FormModels>();
        services.AddScoped<ShownFiles>();
        services.AddScoped<Uploads>();
        services.AddSingleton<UploadLedger>();
        services.AddSingleton<UploadSweep>();
        services.AddScoped<SubmissionReader>();
        services.AddScoped<UnsentReader>();
        services.AddScoped<PageProof>();
        services.AddScoped<SentCheck>();
        services.AddScoped<FormAgain>();
        services.AddScoped<FormSteps>();
        services.AddScoped<Submitting>();
        services.AddScoped<Receipts.Receipts>();
        services.AddSingleton<Drafts.Drafts>();
        services.AddSingleton<TaskSessions>();
        services.AddScoped<VerifyAnswers>();
        return services;
    }

    /// <summary>Maps the pages behind links, and their equivalents for programs.</summary>
    public static IEndpointRouteBuilder MapReview(this IEndpointRouteBuilder app)
    {
        app.MapMethods(CookieNotice.Address, Reading, CookieNotice.Style).ExcludeFromDescription();
        var review = app.MapGroup("/review/{token}")
            .On(Surface.Review)
            .WithTags("Review")
            .InLanguageOfVisitor()
            .WithBrowserSecurity(request => LinkRefusal.CrossSite.Answer(request))
            .AddEndpointFilter<RouteGroupBuilder, ReviewLimits>();
        review.MapForm();

        var isolated = app.MapGroup("/task/{token}")
            .On(Surface.SecureLink)
            .WithTags("Isolated link")
            .InLanguageOfVisitor()
            .WithBrowserSecurity(request => LinkRefusal.CrossSite.Answer(request))
            .AddEndpointFilter<RouteGroupBuilder, ReviewLimits>();
        isolated.MapCodes();
        isolated.MapDelegated();
        var verified = isolated.MapGroup("").AddEndpointFilter<RouteGroupBuilder, IsolatedGate>();
        verified.MapForm();
        verified.MapRouting();
        return app;
    }

    private static void MapForm(this RouteGroupBuilder link)
    {
        link.MapMethods("", Reading, OpenAsync)
            .WithSummary("Gets the form behind a link, as JSON or as a page.")
            .Operation("openLink", [.. NotNow])
            .Produces<ReviewForm>()
            .Produces(StatusCodes.Status200OK, null, "text/html")
            .Produces(StatusCodes.Status303SeeOther);
        link.MapPost("", SubmitAsync)
            .DisableAntiforgery() // checked where the page can show the entered values again
            .WithSummary("Submits a response to the form behind a link.")
            .Operation("submitLink", [.. NotNow, "other-round", "reject-not-allowed", "invalid-form-input", "idempotency-key-reused"])
            .Takes(JsonSubmission.Shape)
            .TakesToo("multipart/form-data", "application/x-www-form-urlencoded")
            .Produces<ReviewAccepted>();
        link.MapDrafts();
        link.MapMethods("/shown/{field}", Reading, ShowFileAsync).ExcludeFromDescription();
        link.MapMethods("/responses/{responseId}", Reading, ShowReceiptAsync)
            .WithSummary("Gets the receipt of a response and how its run stands.")
            .Operation("getLinkResponse")
            .Produces<ReviewReceipt>()
            .Produces(StatusCodes.Status200OK, null, "text/html");
        link.MapMethods("/responses/{responseId}/receipt", Reading, DownloadAsync)
            .WithSummary("Downloads the receipt of a response as text.")
            .Operation("getLinkReceiptText")
            .Produces(StatusCodes.Status200OK, null, "text/plain");
        link.MapMethods("/responses/{responseId}/receipt.html", Reading, PrintAsync).ExcludeFromDescription();
        link.MapMethods("/responses/{responseId}/receipt.json", Reading, DownloadSignedAsync)
            .WithSummary("Downloads the signed receipt of a response.")
            .Operation("getLinkReceipt")
            .Produces<ReceiptItem>();
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        TaskOperations operations,
        TaskJournal journal,
        FormModels models,
        Drafts.Drafts drafts,
        CancellationToken cancellationToken)
    {
        Vary(context);
        var visit = Visit.Of(context);
        var opened = visit.Claim is { } claim ? await operations.OpenAsync(claim, cancellationToken) : new Verdict.Unknown();
        var verdict = opened.Within(visit);
        if (verdict is not Verdict.Open { View: var task })
        {
            return opened is Verdict.Open { View.Kind: TaskKind.HumanTask } && !context.Request.WantsJson()
                ? new SeeOther($"{context.Request.PathBase}/task/{context.Request.RouteValues["token"]}") // verifies who opens it
                : LinkVerdicts.Refused(context, verdict);
        }

        RequestLanguage.Prefer(context, task.Question);
        await Visitors.NoteAsync(context, journal, task);
        if (context.Request.WantsJson())
        {
            return TypedResults.Json(ReviewAnswers.Of(task), ReviewJson.Default.ReviewForm);
        }

        var step = FormStep.Of(context.Request);
        return step.IsBefore(context.Request, task.Question.Form().Pages.Count)
            ? new SeeOther(FormStep.Opening(context, (await drafts.FindAsync(context, task))?.Page))
            : ReviewAnswers.Page(await models.AsPageAsync(await models.AsLeftAsync(context, task, step), task, cancellationToken));
    }

    private static async Task<IResult> ShowFileAsync(string field, HttpContext context, TaskOperations operations, ShownFiles shown)
    {
        var visit = Visit.Of(context);
        var verdict = visit.Claim is { } claim ? (await operations.OpenAsync(claim, context.RequestAborted)).Within(visit) : new Verdict.Unknown();
        return verdict is Verdict.Open { View: var task }
            ? await shown.ServeAsync(context, task, field)
            : LinkVerdicts.Refused(context, verdict);
    }

    private static Task<IResult> SubmitAsync(
        HttpContext context, Submitting submitting, CancellationToken cancellationToken)
    {
        Vary(context);
        return Visit.Of(context).Claim is { } claim
            ? submitting.SubmitAsync(context, claim, cancellationToken)
            : Task.FromResult(LinkRefusal.NotFound.Answer(context.Request));
    }

    private static async Task<IResult> ShowReceiptAsync(
        string responseId,
        HttpContext context,
        Receipts.Receipts receipts,
        TaskSessions sessions,
        CancellationToken cancellationToken)
    {
        Vary(context);
        var (receipt, refusal) = await FindAsync(responseId, context, receipts, cancellationToken);
        if (receipt is null)
        {
            return refusal!.Answer(context.Request);
        }

        RequestLanguage.Prefer(context, receipt.Task.Question);

        if (context.Request.WantsJson())
        {
            return TypedResults.Json(ReviewAnswers.Of(receipt, Visit.Of(context).Page), ReviewJson.Default.ReviewReceipt);
        }

        var visit = Visit.Of(context);
        if (receipt.HasFollowUp && sessions.Has(context, receipt.Task))
        {
            return new SeeOther(visit.Page); // a waiting visitor continues without a click
        }

        return new RazorComponentResult<ReceiptPage>(new Dictionary<string, object?>
        {
            [nameof(ReceiptPage.Receipt)] = receipt,
            [nameof(ReceiptPage.Address)] = visit.Receipt(receipt.Response.Id),
            [nameof(ReceiptPage.FormAddress)] = visit.Page,
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

    private static async Task<IResult> PrintAsync(
        string responseId, HttpContext context, Receipts.Receipts receipts, PublicBaseAddress address, CancellationToken cancellationToken)
    {
        var (receipt, refusal) = await FindAsync(responseId, context, receipts, cancellationToken);
        if (receipt is null)
        {
            return refusal!.Answer(context.Request);
        }

        RequestLanguage.Prefer(context, receipt.Task.Question);
        return ReviewAnswers.Print(context, receipt, $"{Visit.Of(context).Receipt(receipt.Response.Id)}/receipt.json", address);
    }

    private static async Task<IResult> DownloadSignedAsync(
        string responseId,
        HttpContext context,
        Receipts.Receipts receipts,
        CancellationToken cancellationToken)
    {
        var (receipt, refusal) = await FindAsync(responseId, context, receipts, cancellationToken);
        if (receipt?.Response is not { Receipt: not null } response)
        {
            return (refusal ?? LinkRefusal.NotFound).Answer(context.Request);
        }

        context.Response.Headers.ContentDisposition = $"attachment; filename=receipt-{response.Id}.json";
        return TypedResults.Json(ReceiptItem.Of(response), WebJson.Default.ReceiptItem);
    }

    private static async Task<(Receipt? Receipt, LinkRefusal? Refusal)> FindAsync(
        string responseId,
        HttpContext context,
        Receipts.Receipts receipts,
        CancellationToken cancellationToken) =>
        Visit.Of(context) is { Claim: { } claim, Only: var only }
            ? await receipts.FindAsync(claim, only, responseId, wake: HttpMethods.IsGet(context.Request.Method), cancellationToken)
            : (null, LinkRefusal.NotFound);

    private static void Vary(HttpContext context) =>
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
}
