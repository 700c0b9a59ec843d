namespace HumanTasks.Standalone.Mail;

/// <summary>The configuration section <c>HumanTasks:Smtp</c>.</summary>
internal sealed class SmtpOptions
{
    public const string Section = "HumanTasks:Smtp";

    /// <summary>Mail goes by SMTP when this is set.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>STARTTLS, or TLS from the first byte on port 465. Default true.</summary>
    public bool UseTls { get; set; } = true;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";
}
