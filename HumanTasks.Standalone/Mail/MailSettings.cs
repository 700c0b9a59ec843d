namespace HumanTasks.Standalone.Mail;

/// <summary>Where the host delivers email.</summary>
/// <param name="DeliversLocally">
/// Whether email goes to the outbox at <c>/dev/mail</c>: in development without an SMTP server.
/// </param>
/// <param name="Delivers">Whether email is delivered at all.</param>
internal sealed record MailSettings(bool DeliversLocally, bool Delivers);
