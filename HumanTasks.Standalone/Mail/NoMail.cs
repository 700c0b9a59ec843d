using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Mail;

/// <summary>
/// The sender outside development without an SMTP server: fails with an explanation instead of losing the email.
/// </summary>
internal sealed class NoMail : IEmailSender
{
    public bool Delivers => false;

    public Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken) =>
        throw new EffectFailedException("No mail server is configured (HumanTasks:Smtp:Host).") { MayPass = false };
}
