namespace HumanTasks.Core.Ports;

/// <summary>Where mail goes in development instead of to its readers, to be looked at. There is none anywhere else.</summary>
public interface IOutbox
{
    /// <summary>The last mails, newest first.</summary>
    Task<IReadOnlyList<OutboxMail>> ListAsync(CancellationToken cancellationToken);
}

/// <param name="Key">The mail's idempotency key.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Email">What was sent.</param>
public sealed record OutboxMail(string Key, DateTimeOffset At, Email Email);
