namespace HumanTasks.Web.Mail;

/// <summary>The body of an email.</summary>
/// <param name="Text">The plain text.</param>
/// <param name="Html">A complete document.</param>
/// <param name="Logo">A PNG attached as the part <see cref="LogoId"/>; null without one.</param>
public sealed record MailBody(string Text, string Html, ReadOnlyMemory<byte>? Logo)
{
    /// <summary>The Content-ID of the logo (RFC 2392).</summary>
    public const string LogoId = "logo";
}
