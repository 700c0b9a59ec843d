using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Mail;

/// <summary>The sender without configured email: fails with a message that says what to set.</summary>
internal sealed class NoEmailSender : IEmailSender
{
    public bool Delivers => false;

    public Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken) =>
        throw new EffectFailedException(
            $"Email is not configured. Set {EmailOptions.Section}:Endpoint or {EmailOptions.Section}:ConnectionString, "
            + $"and {EmailOptions.Section}:Sender.")
        {
            MayPass = false,
        };
}
