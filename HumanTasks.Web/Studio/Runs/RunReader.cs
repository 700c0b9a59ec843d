using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Steps;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>Reads a run for its page, as the member may see it.</summary>
internal sealed class RunReader(RunOperations operations, RunEngine engine, IRunStore store, Transcripts transcripts, TimeProvider time)
{
    private const int LogPage = 200;
    private const int MaxLog = 2000;
    private const int MaxChain = 100;

    /// <summary>Returns null if the environment has no such run.</summary>
    public async Task<RunView?> ReadAsync(HttpContext context, string id)
    {
        var environment = context.User.EnvironmentId();
        if (await operations.FindDetailsAsync(environment, id, context.RequestAborted) is not { Run: var run } details)
        {
            return null;
        }

        var ruleSet = await engine.FindRuleSetAsync(run, details.Tasks.Count > 0 ? details.Tasks[0] : null, context.RequestAborted);
        var chain = await store.ListRunsAsync(new RunQuery(environment, MaxChain, CorrelationId: run.CorrelationId), context.RequestAborted);
        var mask = SecretMask.Of(run, ruleSet);
        LogLine[] log = [.. (await LogAsync(id, context.RequestAborted)).Select(mask.Line)];
        HumanTask[] tasks = [.. details.Tasks.Select(task => WatchedSecrets.InList(context, task))];
        var shown = run with
        {
            Title = run.Title ?? tasks.FirstOrDefault()?.Question.Title,
            State = mask.State(run.State),
            Calls = CallsOf(run, mask, context.User.May(Scopes.Runs)),
        };
        return new RunView(
            shown,
            await RunEndpoints.CurrentActionAsync(run, engine, context.RequestAborted),
            Secrets.IsReadable(run.Context) ? mask.Context(run.Context) : [],
            RunSteps.Of(shown, ruleSet, log, tasks),
            log,
            ChainNode.Of(chain.Items),
            time.GetUtcNow())
        {
            Transcript = ruleSet?.Actions.Any(action => action is RuleAction.Agent) == true
                ? [.. (await transcripts.ReadAsync(id, context.RequestAborted)).Select(mask.Call)]
                : [],
            Planned = PlannedDelivery.Of(run, chain.Items.Where(other => other.Id != id), mask),
            HasMoreRuns = chain.Next is not null,
        };
    }

    /// <summary>Returns the calls with what their failed answers said, which only members who may change runs see.</summary>
    private static IReadOnlyList<CallAttempt>? CallsOf(Run run, SecretMask mask, bool mayChange) => run.Calls is not { } calls
        ? null
        : [.. calls.Select(call => mask.Attempt(mayChange ? call : call with { Error = null }))];

    private async Task<List<LogLine>> LogAsync(string id, CancellationToken cancellationToken)
    {
        List<LogLine> log = [];
        string? cursor = null;
        do
        {
            var page = await store.ReadLogAsync(id, cursor, LogPage, cancellationToken);
            log.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null && log.Count < MaxLog);

        return log;
    }
}
