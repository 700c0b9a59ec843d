using HumanTasks.Core.Ports;
using HumanTasks.Web.Mail;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Outbox;

/// <summary>The emails of development at <c>/dev/mail</c>, where a host has an <see cref="IOutbox"/>.</summary>
public static class OutboxEndpoints
{
    public static void MapOutbox(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<IOutbox>() is not null)
        {
            var outbox = app.MapGroup("/dev/mail")
                .WithBrowserSecurity(ErrorPages.CrossSite)
                .InLanguageOfMember()
                .ExcludeFromDescription()
                .InEnglishOrGerman();
            outbox.MapGet("", ShowAsync);
            outbox.MapGet("/{key}", ShowOneAsync);
        }
    }

    private static async Task<IResult> ShowAsync(
        HttpRequest request, IOutbox outbox, MailBodies bodies, TimeProvider time, CancellationToken cancellationToken)
    {
        var mails = await outbox.ListAsync(cancellationToken);
        if (!request.WantsJson())
        {
            return new RazorComponentResult<OutboxPage>(new Dictionary<string, object?>
            {
                [nameof(OutboxPage.View)] = OutboxView.Of(request.Query, mails),
                [nameof(OutboxPage.Now)] = time.GetUtcNow(),
            });
        }

        List<OutboxItem> items = [];
        foreach (var mail in OutboxView.Find(request.Query, mails))
        {
            items.Add(OutboxItem.Of(mail, await bodies.OfAsync(mail.Email, cancellationToken)));
        }

        return TypedResults.Json(new OutboxAnswer(items), OutboxJson.Default.OutboxAnswer);
    }

    /// <summary>Shows an email as its reader sees it, isolated and without anything active.</summary>
    private static async Task<IResult> ShowOneAsync(
        string key, HttpContext context, IOutbox outbox, MailBodies bodies, CancellationToken cancellationToken)
    {
        var mails = await outbox.ListAsync(cancellationToken);
        if (mails.FirstOrDefault(mail => mail.Key == key) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var body = await bodies.OfAsync(found.Email, cancellationToken);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-top-navigation-by-user-activation";
        return TypedResults.Content(
            body.Logo is { } logo
                ? body.Html.Replace($"cid:{MailBody.LogoId}", $"data:image/png;base64,{Convert.ToBase64String(logo.Span)}", StringComparison.Ordinal)
                : body.Html,
            "text/html; charset=utf-8");
    }
}
