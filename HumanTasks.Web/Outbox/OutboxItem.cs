using HumanTasks.Core.Ports;
using HumanTasks.Web.Mail;

namespace HumanTasks.Web.Outbox;

internal sealed record OutboxItem(
    DateTime At,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    string Subject,
    string Text,
    string Html,
    string CorrelationId)
{
    public static OutboxItem Of(OutboxMail mail, MailBody body) => new(
        mail.At.UtcDateTime,
        mail.Email.To,
        mail.Email.Cc,
        mail.Email.Subject,
        body.Text,
        body.Html,
        mail.Email.CorrelationId);
}
