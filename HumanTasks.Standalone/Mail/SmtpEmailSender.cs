using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Mail;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace HumanTasks.Standalone.Mail;

/// <summary>Sends by SMTP. Every attempt at the same mail has the same Message-ID (RFC 5322), by which receivers drop doubles.</summary>
internal sealed class SmtpEmailSender(SmtpOptions options, MailBodies bodies) : IEmailSender
{
    private const int ImplicitTls = 465;

    public async Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var message = Compose(email, await bodies.OfAsync(email, cancellationToken), idempotencyKey);
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, Security, cancellationToken);
            if (options.UserName is { } user)
            {
                await client.AuthenticateAsync(user, options.Password ?? "", cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (SmtpCommandException refused)
        {
            throw new EffectFailedException($"The mail server refused it: {refused.ErrorCode} ({(int)refused.StatusCode}).", refused)
            {
                MayPass = (int)refused.StatusCode is < 500, // RFC 5321, section 4.2.1: a reply of 5yz is final
            };
        }
        catch (AuthenticationException wrong)
        {
            throw new EffectFailedException("The mail server did not accept HumanTasks:Smtp:UserName and Password.", wrong);
        }
        catch (SslHandshakeException insecure)
        {
            throw new EffectFailedException("No secure connection to the mail server could be made.", insecure);
        }
        catch (Exception failed) when (failed is SocketException or IOException or ProtocolException or ServiceNotConnectedException)
        {
            throw new EffectFailedException("The mail server could not be reached.", failed);
        }
    }

    internal MimeMessage Compose(Email email, MailBody content, string idempotencyKey)
    {
        var from = MailboxAddress.Parse(options.From);
        var message = new MimeMessage { Subject = email.Subject };
        message.From.Add(email.FromName is { } name ? new MailboxAddress(name, from.Address) : from);
        message.To.AddRange(email.To.Select(Address));
        message.Cc.AddRange(email.Cc.Select(Address));
        var body = new BodyBuilder { TextBody = content.Text, HtmlBody = content.Html };
        if (content.Logo is { } logo)
        {
            var part = body.LinkedResources.Add("logo.png", logo.ToArray(), new ContentType("image", "png"));
            part.ContentId = MailBody.LogoId;
        }

        message.Body = body.ToMessageBody();
        message.MessageId = $"{Hash(idempotencyKey)}@{from.Domain}";
        message.Headers["X-Correlation-Id"] = email.CorrelationId;
        return message;
    }

    private SecureSocketOptions Security =>
        !options.UseTls ? SecureSocketOptions.None
        : options.Port == ImplicitTls ? SecureSocketOptions.SslOnConnect
        : SecureSocketOptions.StartTls;

    private static MailboxAddress Address(string address) => MailboxAddress.TryParse(address, out var mailbox)
        ? mailbox
        : throw new EffectFailedException("The mail has an address that is none.") { MayPass = false };

    private static string Hash(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
