using System.Collections.Concurrent;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>Starts, cancels and retries runs for callers.</summary>
public sealed class RunOperations(
    IRunStore store,
    RunEngine engine,
    EnvironmentCatalog environments,
    LinkBuilder links,
    TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>
    /// Starts a run. Repeating the call with the same run ID is safe and finds the run of the first call. The run is
    /// stored together with its first turn, as far as that has no external effects.
    /// </summary>
    public Task<StartVerdict> StartAsync(StartRequest request, CancellationToken cancellationToken) =>
        engine.StartAsync(new BeginRun(request), cancellationToken);

    /// <summary>The link of every human intervention in the rule set, by context key.</summary>
    public IReadOnlyDictionary<string, string> LinksOf(Run run, RuleSet ruleSet) =>
        ruleSet.Interventions.ToDictionary(
            intervention => intervention.LinkContextKey,
            intervention => links.ReviewLink(run.Id, intervention.Name));

    /// <summary>Returns a run of this environment, or null if it does not exist.</summary>
    public async Task<Run?> FindAsync(string environment, string runId, CancellationToken cancellationToken) =>
        Ids.IsId(runId) && await store.FindRunAsync(runId, cancellationToken) is { } run && IsThere(run, environment) ? run : null;

    /// <summary>
    /// Returns a run of this environment with its tasks and continuations, or null if it does not exist.
    /// </summary>
    public async Task<RunDetails?> FindDetailsAsync(string environment, string runId, CancellationToken cancellationToken) =>
        Ids.IsId(runId)
        && await store.FindDetailsAsync(runId, cancellationToken) is { } details
        && IsThere(details.Run, environment)
            ? details
            : null;

    private bool IsThere(Run run, string environment) =>
        run.Environment == environment && environments.Find(environment) is not null && !run.IsGone(time.GetUtcNow());

    /// <summary>
    /// Cancels a run and every run that it started or continued into, at any depth. A cancelled run starts nothing
    /// more, so each run is cancelled before its descendants are looked up.
    /// </summary>
    public async Task<RunVerdict> CancelTreeAsync(
        string environment, string runId, string? reason, string? by, CancellationToken cancellationToken)
    {
        var verdict = await CancelAsync(environment, runId, reason, by, cancellationToken);
        var cancelled = verdict is RunVerdict.Done ? 1 : 0;
        HashSet<string> seen = new(StringComparer.Ordinal) { runId };
        var parents = verdict is RunVerdict.Unknown ? [] : new List<string> { runId };
        while (parents.Count > 0)
        {
            ConcurrentBag<string> children = [];
            await Parallel.ForEachAsync(parents, AtOnce(cancellationToken), async (parent, stop) =>
            {
                foreach (var child in await store.ContinuationsOfAsync(parent, stop))
                {
                    children.Add(child);
                }
            });
            parents = [.. children.Where(seen.Add)];
            await Parallel.ForEachAsync(parents, AtOnce(cancellationToken), async (child, stop) =>
            {
                if (await CancelAsync(environment, child, reason, by, stop) is RunVerdict.Done)
                {
                    Interlocked.Increment(ref cancelled);
                }
            });
        }

        return verdict is RunVerdict.Over && cancelled > 0 ? new RunVerdict.Done(((RunVerdict.Over)verdict).Run) : verdict;
    }

    /// <summary>Cancels every unfinished run with a correlation ID. Returns their number.</summary>
    public async Task<int> CancelAllAsync(
        string environment, string correlationId, string? reason, string? by, CancellationToken cancellationToken)
    {
        var cancelled = 0;
        int found;
        do
        {
            found = 0;
            foreach (var status in Enum.GetValues<RunStatus>().Where(status => status <= RunStatus.Paused))
            {
                string? cursor = null;
                do
                {
                    var page = await store.ListRunsAsync(
                        new RunQuery(environment, PageSize, cursor, status, CorrelationId: correlationId), cancellationToken);
                    await Parallel.ForEachAsync(page.Items, AtOnce(cancellationToken), async (run, stop) =>
                    {
                        if (await CancelAsync(environment, run.Id, reason, by, stop) is RunVerdict.Done)
                        {
                            Interlocked.Increment(ref found);
                        }
                    });
                    cursor = page.Next;
                }
                while (cursor is not null);
            }

            cancelled += found;
        }
        while (found > 0); // repeats until no run is left that could have started another meanwhile

        return cancelled;
    }

    private static ParallelOptions AtOnce(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };

    public Task<RunVerdict> CancelAsync(
        string environment, string runId, string? reason, string? by, CancellationToken cancellationToken) =>
        DoAsync(environment, runId, new CancelRun(reason, by), cancellationToken);

    /// <summary>
    /// Redelivers a response to its webhook immediately, under the same message ID, whether it was delivered, failed,
    /// or waits for its next attempt.
    /// </summary>
    public Task<RunVerdict> RedeliverAsync(string environment, string runId, string? by, CancellationToken cancellationToken) =>
        DoAsync(environment, runId, new RedeliverResponse(by), cancellationToken);

    /// <summary>Retries the failed action of a failed run.</summary>
    public Task<RunVerdict> RetryAsync(string environment, string runId, string? by, CancellationToken cancellationToken) =>
        DoAsync(environment, runId, new RetryRun(by), cancellationToken);

    private async Task<RunVerdict> DoAsync(
        string environment, string runId, RunCommand command, CancellationToken cancellationToken) =>
        await FindAsync(environment, runId, cancellationToken) is null
            ? new RunVerdict.Unknown()
            : await engine.DoAsync(command, runId, cancellationToken);
}
