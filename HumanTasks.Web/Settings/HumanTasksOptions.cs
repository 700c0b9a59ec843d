using HumanTasks.Core.Environments;

namespace HumanTasks.Web.Settings;

/// <summary>The configuration section <c>HumanTasks</c> that both hosts share.</summary>
public sealed class HumanTasksOptions
{
    public const string Section = "HumanTasks";

    /// <summary>
    /// The public address of this deployment. Links are built from it, never from a request's Host header.
    /// </summary>
    public Uri? PublicBaseAddress { get; set; }

    public IList<EnvironmentOptions> Environments { get; } = [];

    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>
    /// The secrets that <c>http</c> actions of every environment may send as <c>{{secret.NAME}}</c>. An environment's
    /// own secrets take precedence.
    /// </summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The language models of agents. An action that names none uses the first.</summary>
    public IList<ModelOptions> Models { get; } = [];

    /// <summary>The link keys, each base64 of at least 32 random bytes. The first signs, all verify.</summary>
    public IList<string> LinkKeys { get; } = [];

    public LimitOptions Limits { get; } = new();

    /// <summary>
    /// A folder with email templates that replace the built-in ones: <c>ENVIRONMENT/KIND.LANGUAGE.md</c>,
    /// <c>ENVIRONMENT/KIND.md</c>, <c>KIND.LANGUAGE.md</c> or <c>KIND.md</c>, the first that exists. Templates in an
    /// environment's configuration take precedence.
    /// </summary>
    public string? MailTemplates { get; set; }

    public SignInOptions SignIn { get; } = new();

    public ProxyOptions Proxies { get; } = new();

    /// <summary>
    /// Whether <c>http</c> actions and webhooks may reach loopback and private address ranges. Default false.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }
}

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

public sealed class McpOptions
{
    /// <summary>
    /// The allowed assignees: addresses, or domains such as <c>@example.com</c>. The default assignee is always
    /// allowed. Default anybody.
    /// </summary>
    public IList<string> Assignees { get; } = [];

    /// <summary>The hosts that links and images written by a model may lead to. Default none.</summary>
    public IList<string> AllowedHosts { get; } = [];
}

public sealed class ChannelOptions
{
    /// <summary>The name that actions use: 1 to 64 letters, digits, '-', '_' and '.'.</summary>
    public string Name { get; set; } = "";

    public ChannelKind Kind { get; set; }

    /// <summary>The address of the incoming webhook, a secret.</summary>
    public Uri? Address { get; set; }
}

public sealed class MemberOptions
{
    /// <summary>The email address with which they sign in, ignoring letter case.</summary>
    public string Address { get; set; } = "";

    /// <summary>The name that others see. Default the address.</summary>
    public string? Name { get; set; }

    public Role Role { get; set; } = Role.Viewer;
}

/// <summary>How members can sign in besides a code by email.</summary>
public sealed class SignInOptions
{
    public OpenIdConnectSettings OpenIdConnect { get; } = new();

    /// <summary>
    /// Whether to trust the header in which App Service Authentication names the user. Enable it only where that
    /// service is in front of every request: elsewhere anybody can send the header. Default false.
    /// </summary>
    public bool AppService { get; set; }
}

/// <summary>An OpenID Connect provider; disabled without an authority.</summary>
public sealed class OpenIdConnectSettings
{
    /// <summary>The address of the issuer.</summary>
    public Uri? Authority { get; set; }

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>The text of the button after "Sign in with". Default the authority's host.</summary>
    public string? DisplayName { get; set; }
}

public sealed class ApiKeyOptions
{
    /// <summary>The purpose of the key, for readers of the configuration.</summary>
    public string Name { get; set; } = "";

    public string Environment { get; set; } = "";

    /// <summary>The SHA-256 of the key, in hexadecimal.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The key's scopes, some of <c>runs</c>, <c>tasks</c>, <c>rule-sets</c>, <c>admin</c>.</summary>
    public IList<string> Scopes { get; } = [];
}

public sealed class LimitOptions
{
    /// <summary>The maximum size of an API request's body, in bytes. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>The maximum size of an uploaded file, in bytes. Default 10 MiB.</summary>
    public long MaxUploadBytes { get; set; } = 10 << 20;

    /// <summary>The maximum size of a submission with all its files, in bytes. Default 50 MiB.</summary>
    public long MaxSubmissionBytes { get; set; } = 50 << 20;

    /// <summary>
    /// The maximum number of a link's uploads that no accepted response names yet, drafts included. Default 200; 0 for
    /// no limit.
    /// </summary>
    public int PendingUploads { get; set; } = 200;

    /// <summary>
    /// The maximum total size of those uploads, in bytes; one submission always has room. Default 256 MiB; 0 for no
    /// limit.
    /// </summary>
    public long PendingUploadBytes { get; set; } = 256 << 20;

    /// <summary>
    /// The maximum number of files received through one link in an hour. Default 600; 0 for no limit.
    /// </summary>
    public int UploadsPerHour { get; set; } = 600;

    /// <summary>
    /// The maximum number of emails to one address in an hour; further notices wait and are sent as one list. Codes,
    /// sign-in and new links are not counted. Default 60; 0 for no limit.
    /// </summary>
    public int EmailsPerHour { get; set; } = Core.Engine.Effects.MailAllowance.Usual;

    /// <summary>
    /// The maximum requests a second for one API key, with bursts of twice as many. Default 0: no limit.
    /// </summary>
    public int ApiRequestsPerSecond { get; set; }

    /// <summary>The maximum requests a minute for one review link. Default 120.</summary>
    public int ReviewRequestsPerMinute { get; set; } = 120;

    /// <summary>
    /// The maximum wrong keys and unknown links a minute from one address before it must wait. Default 60.
    /// </summary>
    public int RefusalsPerMinute { get; set; } = 60;
}
