using MimeKit;

namespace HumanTasks.Standalone.Mail;

/// <summary>The configuration section <c>HumanTasks:Smtp</c>.</summary>
internal sealed class SmtpOptions
{
    public const string Section = "HumanTasks:Smtp";

    /// <summary>The SMTP server. Email goes by SMTP when this is set.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Whether to use STARTTLS, or TLS from the first byte on port 465. Default true.</summary>
    public bool UseTls { get; set; } = true;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>
    /// The sender's address, required with a host: <c>tasks@example.com</c>, or <c>Example Tasks
    /// &lt;tasks@example.com&gt;</c>. Without a name, emails carry the name of their environment.
    /// </summary>
    public string From { get; set; } = "";

    /// <summary>Returns the problems of the section, one line each; empty when it is valid.</summary>
    public IEnumerable<string> Problems()
    {
        if (Host is null)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return $"{Section}:Host is empty. Set it to the mail server, or remove it.";
        }

        if (string.IsNullOrWhiteSpace(From))
        {
            yield return $"{Section}:From is missing. Set it to the address that email comes from.";
        }
        else if (!MailboxAddress.TryParse(From, out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
        {
            yield return $"{Section}:From is not an email address. Use tasks@example.com or Example Tasks <tasks@example.com>.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"{Section}:Port must be from 1 to 65535.";
        }
    }
}
