namespace HumanTasks.Core.Ports;

/// <param name="To">The recipients, at least one address.</param>
/// <param name="Cc">The copied recipients, possibly none.</param>
/// <param name="Subject">The subject, on one line.</param>
/// <param name="Text">The plain text body; null derives it from the Markdown.</param>
/// <param name="Markdown">The body as Markdown with escaped values. Adapters render it to HTML.</param>
/// <param name="CorrelationId">The correlation ID of the sending run.</param>
public sealed record Email(
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    string Subject,
    string? Text,
    string Markdown,
    string CorrelationId)
{
    /// <summary>The display name of the sender, if the adapter supports one; null shows the address alone.</summary>
    public string? FromName { get; init; }

    /// <summary>The sending environment, which determines the branding; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The language of the email; null for English.</summary>
    public string? Language { get; init; }

    /// <summary>What stands between isolates in <see cref="Markdown"/> in another language, with its language; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? TextLanguages { get; init; }

    /// <summary>The rule set of the sending run, shown where emails are listed.</summary>
    public string? RuleSet { get; init; }
}
