using System.Security.Claims;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Api;
using HumanTasks.Web.Assets;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Description;
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
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Configuration;

/// <summary>The request pipeline that both hosts share.</summary>
public static class RequestPipeline
{
    /// <summary>Adds the pipeline.</summary>
    /// <param name="app">The host's application, or a separate builder inside a function.</param>
    /// <param name="more">Adds endpoints that only this host has.</param>
    /// <param name="isBehindOwnHost">Whether another process on the same machine forwards every request.</param>
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
        endpoints.MapDescriptions();
    }

    private static Task LimitAsync(HttpContext context, RequestDelegate next) =>
        context.User.Identity?.IsAuthenticated != true
        || context.RequestServices.GetRequiredService<RequestLimits>().AllowApi(context.User)
            ? next(context)
            : Refuse(context, ApiProblem.TooManyRequests());

    /// <summary>
    /// Returns 404 when an API call names an environment other than the caller's, whether or not it exists.
    /// </summary>
    private static Task RefuseUnknownEnvironmentAsync(HttpContext context, RequestDelegate next) =>
        context.Surface() is Surface.Api or Surface.Tools && context.User.Identity?.IsAuthenticated == true
        && SessionAuthentication.NamedIn(context.Request) is { } named && named != context.User.FindFirstValue(Claims.Environment)
            ? ApiProblem.Of(StatusCodes.Status404NotFound, "not-found", "Not found", "There is no such environment.").ExecuteAsync(context)
            : next(context);

    /// <summary>
    /// Refuses requests with a member's cookie that lack the antiforgery token. Pages check it themselves, because they
    /// can show the entered values again; every other endpoint is checked here.
    /// </summary>
    private static async Task RefuseForgedAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not RouteEndpoint // an unknown address or method, which changes nothing
            || context.Surface() is Surface.Studio or Surface.SignIn or Surface.Review or Surface.SecureLink
            || await Callers.IsMeantAsync(context, context.RequestServices.GetRequiredService<IAntiforgery>()))
        {
            await next(context);
            return;
        }

        await Refuse(context, ApiProblem.Forged());
    }

    /// <summary>
    /// Returns the storage refusal inside an exception, if any, else the exception: reading cookie keys wraps it.
    /// </summary>
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
        var fault = context.Features.Get<IExceptionHandlerFeature>();
        if (fault?.Endpoint is { } endpoint)
        {
            // the handler forgets them, but they tell whether a person or a program reads the response
            context.SetEndpoint(endpoint);
            context.Request.RouteValues = fault.RouteValues ?? [];
        }

        var cause = Cause(fault?.Error);
        if (cause is InvalidCursorException && ErrorPages.AreFor(context))
        {
            return ErrorPages.OfCursor(context).ExecuteAsync(context);
        }

        return Refuse(context, cause switch
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
        });
    }

    private static Task AnswerEmptyAsync(StatusCodeContext context) =>
        Refuse(context.HttpContext, ProblemOf(context.HttpContext.Response.StatusCode));

    /// <summary>Returns a page to a person, or the problem to a program.</summary>
    private static Task Refuse(HttpContext context, ProblemHttpResult problem) =>
        (ErrorPages.AreFor(context) ? ErrorPages.Of(context, problem.StatusCode) : problem).ExecuteAsync(context);

    private static ProblemHttpResult ProblemOf(int status) => status switch
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
