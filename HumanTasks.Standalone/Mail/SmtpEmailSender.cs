using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Components;

namespace HumanTasks.Standalone.Mail;

/// <summary>Sends by SMTP. Every attempt at the same mail has the same Message-ID (RFC 5322), by which receivers drop doubles.</summary>
internal sealed class SmtpEmailSender(SmtpOptions options) : IEmailSender
{
    public async Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var message = Compose(email, idempotencyKey);
        using var client = new SmtpClient(options.Host, options.Port)
        {
            EnableSsl = options.UseTls,
            Credentials = options.UserName is null ? null : new NetworkCredential(options.UserName, options.Password),
        };
        try
        {
            await client.SendMailAsync(message, cancellationToken);
        }
        catch (SmtpFailedRecipientException refused)
        {
            throw new EffectFailedException($"The mail server refused a recipient ({refused.StatusCode}).", refused) { MayPass = false };
        }
        catch (SmtpException failed)
        {
            throw new EffectFailedException($"The mail server did not take it ({failed.StatusCode}).", failed);
        }
    }

    internal MailMessage Compose(Email email, string idempotencyKey)
    {
        var message = new MailMessage
        {
            From = new MailAddress(options.From),
            Subject = email.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = email.Text,
            BodyEncoding = Encoding.UTF8,
        };
        foreach (var address in email.To)
        {
            message.To.Add(address);
        }

        foreach (var address in email.Cc)
        {
            message.CC.Add(address);
        }

        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(
            SafeMarkdown.ToHtml(email.Markdown).Value, Encoding.UTF8, MediaTypeNames.Text.Html));
        message.Headers["Message-ID"] = $"<{Hash(idempotencyKey)}@{message.From.Host}>";
        message.Headers["X-Correlation-Id"] = email.CorrelationId;
        return message;
    }

    private static string Hash(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
