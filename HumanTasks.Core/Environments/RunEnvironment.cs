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
    public RuleSets.RuleSetLimits Limits => new(RunRetention, HumanTasks);

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
