namespace HumanTasks.Core.RuleSets;

/// <summary>The limits of an environment for its rule sets.</summary>
/// <param name="LongestLink">The time for which a run stays available. No link may outlive it.</param>
/// <param name="HumanTasks">Whether <c>humanTask</c> actions are enabled.</param>
/// <param name="PrivateAddresses">Whether webhooks may use loopback and private networks.</param>
public sealed record RuleSetLimits(TimeSpan LongestLink, bool HumanTasks, bool PrivateAddresses = false)
{
    /// <summary>The names of the channels that can announce tasks.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
}
