namespace HumanTasks.Standalone.Mail;

/// <param name="DeliversLocally">Mail goes to the outbox at <c>/dev/mail</c>: development, and no SMTP server configured.</param>
/// <param name="Delivers">Whether mail goes anywhere at all.</param>
internal sealed record MailSettings(bool DeliversLocally, bool Delivers);
