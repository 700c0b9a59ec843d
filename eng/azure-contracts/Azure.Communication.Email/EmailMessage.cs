#nullable disable

namespace Azure.Communication.Email;

public class EmailMessage
{
    public EmailMessage(string senderAddress, EmailRecipients recipients, EmailContent content)
    {
        SenderAddress = senderAddress;
        Recipients = recipients;
        Content = content;
    }

    public EmailContent Content { get; }

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    public EmailRecipients Recipients { get; }

    public string SenderAddress { get; }

    public bool? UserEngagementTrackingDisabled { get; set; }
}

public class EmailContent
{
    public EmailContent(string subject) => Subject = subject;

    public string Html { get; set; }

    public string PlainText { get; set; }

    public string Subject { get; }
}

public class EmailRecipients
{
    public EmailRecipients(
        IEnumerable<EmailAddress> to = null, IEnumerable<EmailAddress> cc = null, IEnumerable<EmailAddress> bcc = null)
    {
        To = [.. to ?? []];
        CC = [.. cc ?? []];
        BCC = [.. bcc ?? []];
    }

    public IList<EmailAddress> BCC { get; }

    public IList<EmailAddress> CC { get; }

    public IList<EmailAddress> To { get; }
}

public readonly struct EmailAddress
{
    public EmailAddress(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        Address = address;
    }

    public string Address { get; }
}
