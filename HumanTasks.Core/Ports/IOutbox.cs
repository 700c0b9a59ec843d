namespace HumanTasks.Core.Ports;

/// <summary>The emails kept for inspection in development instead of being sent. Other hosts have no outbox.</summary>
public interface IOutbox
{
    /// <summary>Returns the latest emails, newest first.</summary>
    Task<IReadOnlyList<OutboxMail>> ListAsync(CancellationToken cancellationToken);
}

/// <param name="Key">The idempotency key of the email.</param>
/// <param name="At">The time at which it was sent.</param>
/// <param name="Email">The email.</param>
public sealed record OutboxMail(string Key, DateTimeOffset At, Email Email);
