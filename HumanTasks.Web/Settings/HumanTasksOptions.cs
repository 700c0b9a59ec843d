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
