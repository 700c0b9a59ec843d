namespace HumanTasks.Core.Environments;

/// <summary>The tenant boundary: whose rule sets, runs, tasks and keys these are, and what its plan allows.</summary>
/// <param name="Id">Stable; part of every record and every query.</param>
/// <param name="DisplayName">Who asks, as reviewers read it.</param>
/// <param name="Tier">On Free and Shared a continuation counts against the allowance like any other run.</param>
/// <param name="MonthlyRunAllowance">Runs that may start in a calendar month (UTC); null is unlimited.</param>
/// <param name="RunRetention">How long a run stays available, counted from its creation.</param>
/// <param name="HumanTasks">Whether human tasks are enabled.</param>
public sealed record RunEnvironment(
    string Id,
    string DisplayName,
    Tier Tier,
    int? MonthlyRunAllowance,
    TimeSpan RunRetention,
    bool HumanTasks)
{
    /// <summary>The IANA time zone in which forms ask for a date and time unless their action names another. Default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How many runs may descend from one without a person in between. Default 1000.</summary>
    public int MaxDescendants { get; init; } = 1000;

    /// <summary>The largest context of a run, in bytes of JSON. Default 1 MiB.</summary>
    public int MaxContextBytes { get; init; } = 1 << 20;

    /// <summary>Whether webhooks may lead to loopback and private networks.</summary>
    public bool PrivateAddresses { get; init; }

    /// <summary>What webhooks are signed with, each of them; unsigned without any.</summary>
    public IReadOnlyList<byte[]> WebhookSecrets { get; init; } = [];

    /// <summary>What <c>http</c> actions may send as <c>{{secret.NAME}}</c>, by name, letter case aside.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>The language of mails and cards where an action names none. Default English.</summary>
    public string Language { get; init; } = Texts.Languages.Fallback;

    /// <summary>Whether titles, which may be personal, stand in the subjects of mails.</summary>
    public bool TitleInSubject { get; init; }

    /// <summary>Where tasks can be announced.</summary>
    public IReadOnlyList<NoticeChannel> Channels { get; init; } = [];

    /// <summary>What models outside may do that ask by MCP.</summary>
    public ModelGuards Models { get; init; } = new();

    public RuleSets.RuleSetLimits Limits => new(RunRetention, HumanTasks, PrivateAddresses)
    {
        Channels = [.. Channels.Select(channel => channel.Name)],
    };

    /// <summary>How a run that a caller starts is counted.</summary>
    public Metering MeterStart(DateTimeOffset at) => new(Month(at), MonthlyRunAllowance);

    /// <summary>How the continuation of an accepted response is counted; null when it is not.</summary>
    public Metering? MeterContinuation(DateTimeOffset at) => Tier == Tier.Dedicated ? null : MeterStart(at);

    private static int Month(DateTimeOffset at) => (at.UtcDateTime.Year * 100) + at.UtcDateTime.Month;
}

public enum Tier
{
    Free,
    Shared,
    Dedicated,
}

/// <summary>One run counted against a month's allowance.</summary>
/// <param name="Month">Year times 100 plus month, in UTC.</param>
/// <param name="Allowance">How many runs may start in it; null counts without a limit.</param>
public sealed record Metering(int Month, int? Allowance);
