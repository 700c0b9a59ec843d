using System.Text.Json;
using System.Text.Json.Serialization;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Components;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Outbox;

/// <summary>The mail of development at <c>/dev/mail</c>, where a host has an <see cref="IOutbox"/>.</summary>
public static class OutboxEndpoints
{
    public static void MapOutbox(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<IOutbox>() is not null)
        {
            app.MapGroup("/dev/mail")
                .WithBrowserSecurity(request => ReviewRefusal.CrossSite.Answer(request))
                .ExcludeFromDescription()
                .MapGet("", ShowAsync);
        }
    }

    private static async Task<IResult> ShowAsync(
        HttpRequest request, IOutbox outbox, TimeProvider time, CancellationToken cancellationToken)
    {
        var mails = await outbox.ListAsync(cancellationToken);
        return request.WantsJson()
            ? TypedResults.Json(new OutboxAnswer([.. mails.Select(OutboxItem.Of)]), OutboxJson.Default.OutboxAnswer)
            : new RazorComponentResult<OutboxPage>(new Dictionary<string, object?>
            {
                [nameof(OutboxPage.Mails)] = mails,
                [nameof(OutboxPage.Now)] = time.GetUtcNow(),
            });
    }
}

internal sealed record OutboxAnswer(IReadOnlyList<OutboxItem> Items);

internal sealed record OutboxItem(
    DateTime At,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    string Subject,
    string Text,
    string Html,
    string CorrelationId)
{
    public static OutboxItem Of(OutboxMail mail) => new(
        mail.At.UtcDateTime,
        mail.Email.To,
        mail.Email.Cc,
        mail.Email.Subject,
        mail.Email.Text,
        SafeMarkdown.ToHtml(mail.Email.Markdown).Value,
        mail.Email.CorrelationId);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OutboxAnswer))]
internal sealed partial class OutboxJson : JsonSerializerContext;
