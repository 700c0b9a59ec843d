namespace HumanTasks.Core.Environments;

/// <summary>A tenant: the boundary of rule sets, runs, tasks and keys, with the limits of its plan.</summary>
/// <param name="Id">The stable ID, part of every record and every query.</param>
/// <param name="DisplayName">The sender's name that reviewers read.</param>
/// <param name="Tier">
/// The plan. On Free and Shared, a continuation counts against the allowance like any other run.
/// </param>
/// <param name="MonthlyRunAllowance">The runs that may start per calendar month (UTC); null for no limit.</param>
/// <param name="RunRetention">The time for which a run stays available, from its creation.</param>
/// <param name="HumanTasks">Whether human tasks are enabled.</param>
public sealed record RunEnvironment(
    string Id,
    string DisplayName,
    Tier Tier,
    int? MonthlyRunAllowance,
    TimeSpan RunRetention,
    bool HumanTasks)
{
    /// <summary>
    /// The IANA time zone in which forms ask for a date and time, unless the action names another. Default UTC.
    /// </summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>
    /// The maximum number of runs that may descend from one run without a person in between. Default 1000.
    /// </summary>
    public int MaxDescendants { get; init; } = 1000;

    /// <summary>The maximum size of a run's context, in bytes of JSON. Default 1 MiB.</summary>
    public int MaxContextBytes { get; init; } = 1 << 20;

    /// <summary>Whether webhooks may use loopback and private networks.</summary>
    public bool PrivateAddresses { get; init; }

    /// <summary>The secrets that sign webhooks, all of them. Empty leaves webhooks unsigned.</summary>
    public IReadOnlyList<byte[]> WebhookSecrets { get; init; } = [];

    /// <summary>
    /// The secrets that <c>http</c> actions may send as <c>{{secret.NAME}}</c>, by case-insensitive name.
    /// </summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>The language of emails and cards for actions without a language. Default English.</summary>
    public string Language { get; init; } = Texts.Languages.Fallback;

    /// <summary>Whether titles, which may contain personal data, appear in email subjects.</summary>
    public bool TitleInSubject { get; init; }

    /// <summary>The channels that can announce tasks.</summary>
    public IReadOnlyList<NoticeChannel> Channels { get; init; } = [];

    /// <summary>The limits for external models that create tasks by MCP.</summary>
    public ModelGuards Models { get; init; } = new();

    public RuleSets.RuleSetLimits Limits => new(RunRetention, HumanTasks, PrivateAddresses)
    {
        Channels = [.. Channels.Select(channel => channel.Name)],
    };

    /// <summary>Returns how a run started by a caller is counted.</summary>
    public Metering MeterStart(DateTimeOffset at) => new(Month(at), MonthlyRunAllowance);

    /// <summary>Returns how the continuation of an accepted response is counted; null if it is not counted.</summary>
    public Metering? MeterContinuation(DateTimeOffset at) => Tier == Tier.Dedicated ? null : MeterStart(at);

    private static int Month(DateTimeOffset at) => (at.UtcDateTime.Year * 100) + at.UtcDateTime.Month;
}
