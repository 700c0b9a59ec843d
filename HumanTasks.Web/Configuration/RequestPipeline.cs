using System.Security.Claims;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Api;
using HumanTasks.Web.Assets;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Mcp;
using HumanTasks.Web.Outbox;
using HumanTasks.Web.Review;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Configuration;

/// <summary>The one pipeline that answers requests, in whichever host.</summary>
public static class RequestPipeline
{
    /// <param name="app">The host's application, or a builder of its own inside a function.</param>
    /// <param name="more">Endpoints that only this host has.</param>
    /// <param name="isBehindOwnHost">Whether another process of the same machine hands every request over.</param>
    public static IApplicationBuilder UseHumanTasks(
        this IApplicationBuilder app, Action<IEndpointRouteBuilder>? more = null, bool isBehindOwnHost = false)
    {
        TrustedProxies.Use(app, isBehindOwnHost);
        app.Use(CallerTrace.ReadAsync);
        app.Use(app.ApplicationServices.GetRequiredService<OwnApi>().Keep);
        app.UsePublicPath();
        app.UseNoStore();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerFaultAsync,
            SuppressDiagnosticsCallback = context => Cause(context.Exception) is BadHttpRequestException
                or OperationCanceledException or InvalidCursorException
                or StorageUnavailableException, // logged once a minute where it was refused
        });
        app.UseStatusCodePages(AnswerEmptyAsync);
        app.UseSecureCookies();
        app.UseRouting();
        app.Use(static (context, next) =>
            context.RequestServices.GetRequiredService<PlatformPrincipal>().InvokeAsync(context, next));
        app.Use(RequestLanguage.InvokeAsync);
        app.Use(McpEndpoint.RefuseStrangersAsync);
        app.UseAuthentication();
        app.Use(LimitAsync);
        app.Use(RefuseUnknownEnvironmentAsync);
        app.UseAuthorization();
        app.Use(RefuseForgedAsync);
        app.UseAntiforgery();
        app.Use(static (context, next) =>
            context.RequestServices.GetRequiredService<Idempotency>().InvokeAsync(context, next));
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapHumanTasks();
            more?.Invoke(endpoints);
        });
        return app;
    }

    private static void MapHumanTasks(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api").On(Surface.Api);
        api.MapRuleSets();
        api.MapRuns();
        api.MapAdHocRuns();
        api.MapTasks();
        api.MapMe();
        api.MapOverview();
        api.MapWebhooks();
        api.MapReceipts();
        api.MapBranding();
        endpoints.MapMcpTools();
        endpoints.MapReview();
        endpoints.MapStudio();
        endpoints.MapOutbox();
        endpoints.MapAssets();
        endpoints.MapReceiptKeys();
        endpoints.MapBrandFiles();
        endpoints.MapHealth();
        endpoints.MapOpenApi();
    }

    private static Task LimitAsync(HttpContext context, RequestDelegate next) =>
        context.User.Identity?.IsAuthenticated != true
        || context.RequestServices.GetRequiredService<RequestLimits>().AllowApi(context.User)
            ? next(context)
            : ApiProblem.TooManyRequests().ExecuteAsync(context);

    /// <summary>
    /// An environment that a call of the API names and that is not the caller's is not found, whether or not there is one.
    /// </summary>
    private static Task RefuseUnknownEnvironmentAsync(HttpContext context, RequestDelegate next) =>
        context.Surface() is Surface.Api or Surface.Tools && context.User.Identity?.IsAuthenticated == true
        && SessionAuthentication.NamedIn(context.Request) is { } named && named != context.User.FindFirstValue(Claims.Environment)
            ? ApiProblem.Of(StatusCodes.Status404NotFound, "not-found", "Not found", "There is no such environment.").ExecuteAsync(context)
            : next(context);

    /// <summary>
    /// What a member's cookie asks for must come from a page of ours, or from who has read the token. Pages check it
    /// themselves, where they can show again what was typed; every other endpoint is checked here.
    /// </summary>
    private static async Task RefuseForgedAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Surface() is Surface.Studio or Surface.SignIn or Surface.Review or Surface.SecureLink
            || await Callers.IsMeantAsync(context, context.RequestServices.GetRequiredService<IAntiforgery>()))
        {
            await next(context);
            return;
        }

        await ApiProblem.Forged().ExecuteAsync(context);
    }

    /// <summary>The exception itself, or the refusal of the storage that others wrapped: keys of cookies are read from there, too.</summary>
    private static Exception? Cause(Exception? fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is StorageUnavailableException)
            {
                return inner;
            }
        }

        return fault;
    }

    private static Task AnswerFaultAsync(HttpContext context)
    {
        IResult problem = Cause(context.Features.Get<IExceptionHandlerFeature>()?.Error) switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } bad =>
                ApiProblem.Of(bad.StatusCode, "payload-too-large", "The request is too large"),
            BadHttpRequestException bad =>
                ApiProblem.Of(bad.StatusCode, "malformed-request", "The request is malformed", bad.Message),
            InvalidCursorException => ApiProblem.InvalidCursor(),
            StorageUnavailableException => ApiProblem.StorageUnavailable(context),
            _ => ApiProblem.Of(
                StatusCodes.Status500InternalServerError,
                "internal-error",
                "Internal error",
                "The error was logged. Quote the correlation ID when you report it.",
                context.TraceIdentifier),
        };
        return (StudioErrors.AreFor(context) && problem is IStatusCodeHttpResult { StatusCode: { } status } ? StudioErrors.Of(context, status) : problem)
            .ExecuteAsync(context);
    }

    private static Task AnswerEmptyAsync(StatusCodeContext context) =>
        (StudioErrors.AreFor(context.HttpContext)
            ? StudioErrors.Of(context.HttpContext, context.HttpContext.Response.StatusCode)
            : ProblemOf(context.HttpContext.Response.StatusCode))
        .ExecuteAsync(context.HttpContext);

    private static IResult ProblemOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ApiProblem.Malformed("A URL parameter has the wrong type."),
        StatusCodes.Status403Forbidden => SessionAuthentication.Forbidden(),
        StatusCodes.Status404NotFound => ApiProblem.Of(404, "not-found", "Not found", "No resource at this path."),
        StatusCodes.Status405MethodNotAllowed =>
            ApiProblem.Of(405, "method-not-allowed", "Method not allowed", "This path doesn't support the method."),
        StatusCodes.Status415UnsupportedMediaType => ApiProblem.UnknownMedia(),
        _ => ApiProblem.Of(status, "http-error", "The request was refused"),
    };
}
