using System.Collections.Concurrent;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>Starts, cancels and retries runs for callers.</summary>
public sealed class RunOperations(
    IRunStore store,
    IRunHost host,
    RunEngine engine,
    EnvironmentCatalog environments,
    LinkBuilder links,
    TimeProvider time)
{
    private const int MaxTries = 50;
    private const int PageSize = 200;

    /// <summary>
    /// Starts a run. Repeating the call with the same run ID is safe and finds the run of the first call. The run is
    /// stored together with its first turn, as far as that has no external effects.
    /// </summary>
    public async Task<StartVerdict> StartAsync(StartRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var run = new Run
        {
            Id = request.RunId,
            Environment = request.Environment.Id,
            RuleSet = request.RuleSet.Name,
            RuleSetVersion = request.RuleSet.Version,
            CorrelationId = request.CorrelationId ?? request.RunId,
            CreatedAt = now,
            UpdatedAt = now,
            AvailableUntil = now + request.Environment.RunRetention,
            State = new RunState.Running(),
            Context = request.Context,
            Trace = RunTrace.Here,
        };
        if (ContextSize.Of(request.Context) is var size && size > request.Environment.MaxContextBytes)
        {
            return new StartVerdict.Invalid(ContextSize.Refusal(size, request.Environment.MaxContextBytes));
        }

        var first = await engine.BeginAsync(run, request.RuleSet, request.By, cancellationToken);
        if (request.MustPause && first.Run.State is RunState.Failed failed)
        {
            return new StartVerdict.Invalid(failed.Error.Message) { Pointer = failed.Error.Pointer ?? "" };
        }

        switch (await store.CreateAsync(first, request.Environment.MeterStart(now), cancellationToken))
        {
            case CreateResult.AllowanceExhausted:
                return new StartVerdict.AllowanceExhausted(request.Environment);
            case CreateResult.AlreadyExists:
                var existing = await store.FindRunAsync(request.RunId, cancellationToken)
                    ?? throw new InvalidOperationException($"The run {request.RunId} exists and cannot be found.");
                var tasks = await store.TasksOfRunAsync(request.RunId, cancellationToken);
                return new StartVerdict.Started(existing, tasks.Count > 0 ? tasks[0] : null);
            default:
                Telemetry.Started(first.Run);
                await engine.TellAsync(first, cancellationToken);
                await host.StartNewAsync(first.Run, cancellationToken);
                return new StartVerdict.Started(first.Run, first.Tasks.Count > 0 ? first.Tasks[0] : null);
        }
    }

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

    public async Task<RunVerdict> CancelAsync(
        string environment, string runId, string? reason, string? by, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await FindAsync(environment, runId, cancellationToken) is not { } run)
            {
                return new RunVerdict.Unknown();
            }

            var turn = new Turn(runId, run.Version, Signal.Cancelled, reason, by);
            if (run.State is RunState.Failed { IsFault: true } fault)
            {
                // from its previous state, as far as possible
                if (fault.Before is null || !await engine.Faulted.RestoreAsync(run, by, cancellationToken))
                {
                    await engine.Faulted.CancelAsync(turn, cancellationToken);
                }

                continue;
            }

            if (run.State.IsOver)
            {
                return tries > 0 && run.State is RunState.Cancelled ? new RunVerdict.Done(run) : new RunVerdict.Over(run);
            }

            var next = await CancelAsync(turn, cancellationToken);
            if (await store.FindRunAsync(runId, cancellationToken) is { State: RunState.Cancelled } cancelled)
            {
                await host.AdvancedAsync(runId, next, cancellationToken);
                return new RunVerdict.Done(cancelled);
            }
        }

        throw new InvalidOperationException($"The run {runId} changed too often to be cancelled.");
    }

    /// <summary>
    /// Cancels by a turn, which notifies the people concerned, or in the record alone if that turn fails with an
    /// exception.
    /// </summary>
    private async Task<Next> CancelAsync(Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.AdvanceAsync(turn, cancellationToken);
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault))
        {
            return await engine.Faulted.CancelAsync(turn, cancellationToken); // the engine has reported the fault
        }
    }

    /// <summary>
    /// Redelivers a response to its webhook immediately, under the same message ID, whether it was delivered, failed,
    /// or waits for its next attempt.
    /// </summary>
    public async Task<RunVerdict> RedeliverAsync(string environment, string runId, string? by, CancellationToken cancellationToken)
    {
        if (await FindAsync(environment, runId, cancellationToken) is not { RuleSet: RuleSetName.Webhook } run)
        {
            return new RunVerdict.Unknown();
        }

        if (run.State is RunState.Queued)
        {
            return new RunVerdict.NotFailed(run);
        }

        return await RunAgainAsync(run, run with { Position = 0 }, null, by, cancellationToken);
    }

    /// <summary>Retries the failed action of a failed run.</summary>
    public async Task<RunVerdict> RetryAsync(string environment, string runId, string? by, CancellationToken cancellationToken)
    {
        if (await FindAsync(environment, runId, cancellationToken) is not { } run)
        {
            return new RunVerdict.Unknown();
        }

        if (run.State is RunState.Failed { Before: not null } && await engine.Faulted.RestoreAsync(run, by, cancellationToken))
        {
            await host.StartAsync(run with { State = new RunState.Running() }, cancellationToken);
            await host.SignalAsync(runId, Signal.Retry, cancellationToken); // a run that waits for a person has no turn due
            return new RunVerdict.Done(run);
        }

        return run is { State: RunState.Failed { Before: null } failed, IsUnreadable: false }
            ? await RunAgainAsync(run, run with { Agent = run.Agent?.Anew() }, failed.Error.Action, by, cancellationToken)
            : new RunVerdict.NotFailed(run);
    }

    /// <summary>
    /// Continues a run from the state that <paramref name="start"/> returns, unless it changed meanwhile.
    /// </summary>
    private async Task<RunVerdict> RunAgainAsync(Run run, Run start, string? action, string? by, CancellationToken cancellationToken)
    {
        var now = run.NotBefore(time.GetUtcNow());
        var again = start with { Version = run.Version + 1, UpdatedAt = now, State = new RunState.Running() };
        var commit = new TurnCommit
        {
            ExpectedVersion = run.Version,
            Run = again,
            Log = [new LogLine(now, action, RunEvent.RetryRequested, null, by)],
        };
        if (await store.CommitAsync(commit, cancellationToken) != CommitResult.Committed)
        {
            return new RunVerdict.NotFailed(run);
        }

        await host.StartAsync(again, cancellationToken);
        return new RunVerdict.Done(again);
    }
}
