namespace HumanTasks.Core.Ports;

/// <summary>Delivers mail. A failure that may pass is an exception: the turn is tried again with the same key.</summary>
public interface IEmailSender
{
    /// <param name="email">What to send.</param>
    /// <param name="idempotencyKey">The same for every attempt at the same mail.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken);
}

/// <param name="To">At least one address.</param>
/// <param name="Cc">Addresses, or none.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The plain body; null where it is what the Markdown says, without its marks.</param>
/// <param name="Markdown">The body as Markdown in which values are escaped; adapters render it to HTML.</param>
/// <param name="CorrelationId">Of the run that sends it.</param>
public sealed record Email(
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    string Subject,
    string? Text,
    string Markdown,
    string CorrelationId)
{
    /// <summary>The name beside the sender's address, where the adapter can give one; the address alone without it.</summary>
    public string? FromName { get; init; }

    /// <summary>The environment that sends it, for how it looks; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The language in which it is written; English without one.</summary>
    public string? Language { get; init; }

    /// <summary>The rule set of the run that sends it, to show where mail is looked through.</summary>
    public string? RuleSet { get; init; }
}
