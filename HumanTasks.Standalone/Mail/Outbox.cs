using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Mail;

/// <summary>
/// The outbox of development: the last 200 emails, in memory only, because they contain links and links are never
/// stored. Emails with the same idempotency key are delivered once.
/// </summary>
internal sealed class Outbox(TimeProvider time) : IEmailSender, IOutbox
{
    private const int Capacity = 200;

    private readonly Lock gate = new();
    private readonly LinkedList<OutboxMail> mails = [];

    public Task<IReadOnlyList<OutboxMail>> ListAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<OutboxMail>>([.. mails]);
        }
    }

    public Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (mails.All(mail => mail.Key != idempotencyKey))
            {
                mails.AddFirst(new OutboxMail(idempotencyKey, time.GetUtcNow(), email));
                if (mails.Count > Capacity)
                {
                    mails.RemoveLast();
                }
            }
        }

        return Task.CompletedTask;
    }
}
