using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>
/// A response is delivered to its webhook again, under the same message ID, whether it was delivered, failed, or waits
/// for its next attempt.
/// </summary>
internal sealed record RedeliverResponse(string? By) : RunCommand(By)
{
    public override RunDecision Decide(Run run, DateTimeOffset now, bool isUnderWay) =>
        run.RuleSet != RuleSetName.Webhook ? new RunDecision.Refuse(new RunVerdict.Unknown())
        : run.State is RunState.Queued ? new RunDecision.Refuse(new RunVerdict.NotFailed(run))
        : RunAgain(run, run with { Position = 0 }, null, now);
}
