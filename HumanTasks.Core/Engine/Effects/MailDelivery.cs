using HumanTasks.Core.Ports;

namespace HumanTasks.Core.Engine.Effects;

/// <summary>
/// Makes single attempts to send email, each with a time limit, and records whether the email server responds.
/// </summary>
public sealed class MailDelivery(IEmailSender sender, EffectWatch watch, TimeProvider time)
{
    /// <summary>The maximum duration of one attempt.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Makes one attempt.</summary>
    /// <param name="email">The email to send.</param>
    /// <param name="idempotencyKey">The key, the same for every attempt at the same email.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="EffectFailedException">
    /// The email was not sent, or the server did not respond within 20 seconds.
    /// </exception>
    public async Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await sender.SendAsync(email, idempotencyKey, either.Token);
            watch.Note(EffectKind.Email, "", fails: false);
        }
        catch (OperationCanceledException slow) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            watch.Note(EffectKind.Email, "", fails: true);
            throw new EffectFailedException($"The mail server didn't respond within {Patience.TotalSeconds:0} seconds.", slow);
        }
        catch (EffectFailedException refused) when (refused.MayPass)
        {
            watch.Note(EffectKind.Email, "", fails: true);
            throw;
        }
    }
}
