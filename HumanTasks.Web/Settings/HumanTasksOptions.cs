using HumanTasks.Core.Environments;

namespace HumanTasks.Web.Settings;

/// <summary>The configuration section <c>HumanTasks</c>: what both hosts share.</summary>
public sealed class HumanTasksOptions
{
    public const string Section = "HumanTasks";

    /// <summary>Where people reach this deployment; links are built from it, never from a request's Host header.</summary>
    public Uri? PublicBaseAddress { get; set; }

    public IList<EnvironmentOptions> Environments { get; } = [];

    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>What <c>http</c> actions of every environment may send as <c>{{secret.NAME}}</c>; an environment's own go before it.</summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The language models that agents work with; the first one where an action names none.</summary>
    public IList<ModelOptions> Models { get; } = [];

    /// <summary>Base64 of at least 32 random bytes each. The first signs, all verify.</summary>
    public IList<string> LinkKeys { get; } = [];

    public LimitOptions Limits { get; } = new();

    /// <summary>
    /// A folder with templates of mails in place of ours: <c>ENVIRONMENT/KIND.LANGUAGE.md</c>, <c>ENVIRONMENT/KIND.md</c>,
    /// <c>KIND.LANGUAGE.md</c> or <c>KIND.md</c>, the first that is there. Those of an environment's configuration go before.
    /// </summary>
    public string? MailTemplates { get; set; }

    public SignInOptions SignIn { get; } = new();

    public ProxyOptions Proxies { get; } = new();

    /// <summary>Lets <c>http</c> actions and webhooks reach loopback and private address ranges. Default false.</summary>
    public bool AllowPrivateAddresses { get; set; }
}

public sealed class EnvironmentOptions
{
    public string Id { get; set; } = "";

    /// <summary>Who asks, as reviewers read it. Default the id.</summary>
    public string? DisplayName { get; set; }

    public Tier Tier { get; set; } = Tier.Dedicated;

    /// <summary>Who works in the environment's Studio; read again whenever the configuration changes.</summary>
    public IList<MemberOptions> Members { get; } = [];

    /// <summary>Null is unlimited.</summary>
    public int? MonthlyRunAllowance { get; set; }

    /// <summary>How long a run stays available. Default 30 days.</summary>
    public double RunRetentionHours { get; set; } = 720;

    /// <summary>
    /// What webhooks are signed with (Standard Webhooks): <c>whsec_</c> and base64 of at least 24 random bytes. Every one
    /// signs, so that a new one can stand beside the old one for as long as receivers need.
    /// </summary>
    public IList<string> WebhookSecrets { get; } = [];

    /// <summary>
    /// What <c>http</c> actions may send as <c>{{secret.NAME}}</c>, by name. In no run, log, receipt or error.
    /// </summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public bool HumanTasks { get; set; } = true;

    /// <summary>The language of mails and cards where an action names none. Default English.</summary>
    public string Language { get; set; } = Core.Texts.Languages.Fallback;

    /// <summary>Whether titles, which may be personal, stand in the subjects of mails. Default false.</summary>
    public bool TitleInSubject { get; set; }

    /// <summary>Where tasks can be announced, by incoming webhooks of Teams and Slack.</summary>
    public IList<ChannelOptions> Channels { get; } = [];

    /// <summary>Templates of mails in place of ours, by kind and, below it, by language.</summary>
    public IDictionary<string, Dictionary<string, string>> MailTemplates { get; } =
        new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The IANA time zone in which forms ask for a date and time. Default UTC.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>How many runs may descend from one without a person in between. Default 1000.</summary>
    public int MaxDescendants { get; set; } = 1000;

    /// <summary>The largest context of a run, in bytes of JSON. Default 1 MiB.</summary>
    public int MaxContextBytes { get; set; } = 1 << 20;

    /// <summary>What models may do that ask by MCP.</summary>
    public McpOptions Mcp { get; } = new();
}

public sealed class McpOptions
{
    /// <summary>
    /// Who may be asked: addresses, or domains such as <c>@example.com</c>. The usual person always may. Default anybody.
    /// </summary>
    public IList<string> Assignees { get; } = [];

    /// <summary>Hosts that links and images in what a model writes may lead to. Default none.</summary>
    public IList<string> AllowedHosts { get; } = [];
}

public sealed class ChannelOptions
{
    /// <summary>By which actions name it: 1 to 64 letters, digits, '-', '_' and '.'.</summary>
    public string Name { get; set; } = "";

    public ChannelKind Kind { get; set; }

    /// <summary>The address of the incoming webhook: a secret.</summary>
    public Uri? Address { get; set; }
}

public sealed class MemberOptions
{
    /// <summary>The e-mail address by which they sign in, letter case aside.</summary>
    public string Address { get; set; } = "";

    /// <summary>As others read it. Default the address.</summary>
    public string? Name { get; set; }

    public Role Role { get; set; } = Role.Viewer;
}

/// <summary>How members sign in besides a code that is mailed to them.</summary>
public sealed class SignInOptions
{
    public OpenIdConnectSettings OpenIdConnect { get; } = new();

    /// <summary>
    /// Trusts the header in which App Service Authentication says who somebody is. Only where that stands in front of every
    /// request: anybody can send the header elsewhere. Default false.
    /// </summary>
    public bool AppService { get; set; }
}

/// <summary>A provider of OpenID Connect; off without an authority.</summary>
public sealed class OpenIdConnectSettings
{
    /// <summary>The issuer's address.</summary>
    public Uri? Authority { get; set; }

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>What the button says after "Sign in with". Default the authority's host.</summary>
    public string? DisplayName { get; set; }
}

public sealed class ApiKeyOptions
{
    /// <summary>What the key is for, for those who read the configuration.</summary>
    public string Name { get; set; } = "";

    public string Environment { get; set; } = "";

    /// <summary>SHA-256 of the key, in hexadecimal.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Some of <c>runs</c>, <c>tasks</c>, <c>rule-sets</c>, <c>admin</c>.</summary>
    public IList<string> Scopes { get; } = [];
}

public sealed class LimitOptions
{
    /// <summary>The largest body of an API request, in bytes. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>The largest uploaded file, in bytes. Default 10 MiB.</summary>
    public long MaxUploadBytes { get; set; } = 10 << 20;

    /// <summary>The largest submission with all its files, in bytes. Default 50 MiB.</summary>
    public long MaxSubmissionBytes { get; set; } = 50 << 20;

    /// <summary>Uploads of one link that no accepted response names yet, drafts included. Default 200; 0 for no limit.</summary>
    public int PendingUploads { get; set; } = 200;

    /// <summary>
    /// The bytes of those uploads together; at least one submission has room. Default 256 MiB; 0 for no limit.
    /// </summary>
    public long PendingUploadBytes { get; set; } = 256 << 20;

    /// <summary>Files that are received through one link in an hour. Default 600; 0 for no limit.</summary>
    public int UploadsPerHour { get; set; } = 600;

    /// <summary>
    /// Emails to one address in an hour; what is beyond waits and comes as one list. Codes, sign-in and fresh links are not
    /// counted. Default 60; 0 for no limit.
    /// </summary>
    public int EmailsPerHour { get; set; } = Core.Engine.Effects.MailAllowance.Usual;

    /// <summary>Requests a second for one API key, with bursts of twice as many. Default 0: no limit.</summary>
    public int ApiRequestsPerSecond { get; set; }

    /// <summary>Requests a minute for one review link. Default 120.</summary>
    public int ReviewRequestsPerMinute { get; set; } = 120;

    /// <summary>Wrong keys and unknown links a minute from one address before it must wait. Default 60.</summary>
    public int RefusalsPerMinute { get; set; } = 60;
}
