using HumanTasks.Core.Environments;

namespace HumanTasks.Web.Settings;

public sealed class EnvironmentOptions
{
    public string Id { get; set; } = "";

    /// <summary>The sender's name as reviewers see it. Default the ID.</summary>
    public string? DisplayName { get; set; }

    public Tier Tier { get; set; } = Tier.Dedicated;

    /// <summary>The members of the environment's Studio, reloaded whenever the configuration changes.</summary>
    public IList<MemberOptions> Members { get; } = [];

    /// <summary>The number of runs that may start in a month. Null is unlimited.</summary>
    public int? MonthlyRunAllowance { get; set; }

    /// <summary>How long a run stays available, in hours. Default 720 (30 days).</summary>
    public double RunRetentionHours { get; set; } = 720;

    /// <summary>
    /// The secrets that sign webhooks (Standard Webhooks): <c>whsec_</c> and base64 of at least 24 random bytes. Each
    /// webhook is signed with every one, so that receivers have time to change from an old one to a new one.
    /// </summary>
    public IList<string> WebhookSecrets { get; } = [];

    /// <summary>
    /// The secrets that <c>http</c> actions may send as <c>{{secret.NAME}}</c>, by name. They appear in no run, log,
    /// receipt or error.
    /// </summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public bool HumanTasks { get; set; } = true;

    /// <summary>The language of emails and cards if an action sets none. Default English.</summary>
    public string Language { get; set; } = Core.Texts.Languages.Fallback;

    /// <summary>Whether email subjects contain titles, which may be personal. Default false.</summary>
    public bool TitleInSubject { get; set; }

    /// <summary>The channels that announce tasks, by incoming webhooks of Teams and Slack.</summary>
    public IList<ChannelOptions> Channels { get; } = [];

    /// <summary>Email templates that replace the built-in ones, by kind and then by language.</summary>
    public IDictionary<string, Dictionary<string, string>> MailTemplates { get; } =
        new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The IANA time zone in which forms ask for a date and time. Default UTC.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The maximum number of a run's descendants without a person in between. Default 1000.</summary>
    public int MaxDescendants { get; set; } = 1000;

    /// <summary>The maximum size of a run's context, in bytes of JSON. Default 1 MiB.</summary>
    public int MaxContextBytes { get; set; } = 1 << 20;

    /// <summary>The limits for models that ask by MCP.</summary>
    public McpOptions Mcp { get; } = new();
}
