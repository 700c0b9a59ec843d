using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Communication.Email;
using Azure.Identity;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Mail;

namespace HumanTasks.Functions.Mail;

/// <summary>
/// Mail by Azure Communication Services. The id of the operation follows from the idempotency key, so that the service
/// can tell a repeated mail; it is sent when the service has taken it over.
/// </summary>
internal sealed class CommunicationEmailSender(EmailClient client, string sender, MailBodies bodies) : IEmailSender
{
    private const int TimedOut = 408;
    private const int Conflict = 409;
    private const int TooManyRequests = 429;
    private const int ServerError = 500;

    public async Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken)
    {
        var message = Message(email, await bodies.OfAsync(email, cancellationToken));
        try
        {
            await client.SendAsync(WaitUntil.Started, message, OperationId(idempotencyKey), cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == Conflict)
        {
            // the service has this operation already: an earlier attempt was taken over and its answer lost
        }
        catch (RequestFailedException failure)
        {
            throw Failed(failure);
        }
        catch (AggregateException failures) when (failures.InnerExceptions.LastOrDefault() is RequestFailedException last)
        {
            throw Failed(last); // what the client throws when every one of its own attempts failed
        }
        catch (AuthenticationFailedException failure)
        {
            throw new EffectFailedException(
                "The mail service could not be reached: no token for the managed identity.", failure);
        }
        catch (OperationCanceledException slow) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EffectFailedException("The mail service did not answer in time.", slow);
        }
    }

    /// <summary>The same for the same key; a GUID of version 8 (RFC 9562, section 5.8).</summary>
    internal static Guid OperationId(string idempotencyKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private EmailMessage Message(Email email, MailBody body)
    {
        try
        {
            var recipients = new EmailRecipients(
                to: email.To.Select(address => new EmailAddress(address)),
                cc: email.Cc.Select(address => new EmailAddress(address)));
            var content = new EmailContent(email.Subject) { PlainText = body.Text, Html = body.Html };

            // tracking would rewrite the links of a mail, which are secrets of its reader
            return new EmailMessage(sender, recipients, content) { UserEngagementTrackingDisabled = true };
        }
        catch (ArgumentException wrong)
        {
            throw new EffectFailedException("The mail has an address that is none.", wrong) { MayPass = false };
        }
    }

    /// <summary>What may be shown: the message of the service can hold addresses, its code cannot.</summary>
    private static EffectFailedException Failed(RequestFailedException failure) => new(
        failure.Status == 0
            ? "The mail service could not be reached."
            : $"The mail service refused the mail: {failure.ErrorCode ?? "no code"} (status {failure.Status}).",
        failure)
    {
        MayPass = failure.Status is 0 or TimedOut or TooManyRequests or >= ServerError,
    };
}
