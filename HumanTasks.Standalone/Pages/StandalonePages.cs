using System.Text.Json.Serialization;
using HumanTasks.Standalone.Mail;
using HumanTasks.Web.Components;
using HumanTasks.Web.Review;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Standalone.Pages;

/// <summary>The pages that only this host has: where a newcomer begins, and the outbox of development.</summary>
internal static class StandalonePages
{
    public static void MapStandalonePages(this IEndpointRouteBuilder app)
    {
        var mail = app.ServiceProvider.GetRequiredService<MailSettings>();
        var pages = app.MapGroup("/").WithBrowserSecurity().ExcludeFromDescription();
        pages.MapGet("/", () => new RazorComponentResult<HomePage>(
            new Dictionary<string, object?> { [nameof(HomePage.Outbox)] = mail.DeliversLocally }));
        if (mail.DeliversLocally)
        {
            pages.MapGet("/dev/mail", ShowOutbox);
        }
    }

    private static IResult ShowOutbox(HttpRequest request, Outbox outbox) => request.WantsJson()
        ? TypedResults.Json(new OutboxAnswer([.. outbox.Mails.Select(OutboxItem.Of)]), OutboxJson.Default.OutboxAnswer)
        : new RazorComponentResult<OutboxPage>(
            new Dictionary<string, object?> { [nameof(OutboxPage.Mails)] = outbox.Mails });
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

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OutboxAnswer))]
internal sealed partial class OutboxJson : JsonSerializerContext;
