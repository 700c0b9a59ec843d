using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

internal sealed partial class EngineHarness
{
    /// <summary>Starts a run and gives it its turns until it waits or is over.</summary>
    public async Task<Run> StartAsync(string ruleSet, string context = "{}", string? runId = null)
    {
        var verdict = await TryStartAsync(ruleSet, context, runId);
        var started = Assert.IsType<StartVerdict.Started>(verdict);
        await SettleAsync();
        return await FindAsync(started.Run.Id);
    }

    public async Task<StartVerdict> TryStartAsync(string ruleSet, string context = "{}", string? runId = null) =>
        await Runs.StartAsync(await RequestAsync(ruleSet, context, runId), default);

    public async Task<StartRequest> RequestAsync(string ruleSet, string context = "{}", string? runId = null) => new(
        runId ?? Ids.New(Time.GetUtcNow()),
        Environment,
        await Catalog.FindAsync(EnvironmentId, ruleSet, null, default) ?? throw new InvalidOperationException(ruleSet),
        JsonNode.Parse(context)!.AsObject(),
        null);

    /// <summary>Gives every woken run its turns until nobody wants one at this moment.</summary>
    public async Task SettleAsync()
    {
        while (host.TryTake(out var runId, out var signal))
        {
            await AdvanceAsync(runId, signal);
        }
    }

    public async Task AdvanceAsync(string runId, Signal signal)
    {
        if (await over.FindRunAsync(runId, default) is not { } run)
        {
            return;
        }

        var turn = new Turn(runId, run.Version, signal);
        while (true)
        {
            var next = await Engine.AdvanceAsync(turn, default);
            if (next.IsOver || next.WaitsUntil > Time.GetUtcNow())
            {
                return;
            }

            turn = turn.Then(next, next.WaitsUntil is null ? Signal.Continue : Signal.DeadlinePassed);
        }
    }

    /// <summary>Moves the clock and wakes what is due then.</summary>
    public async Task WaitAsync(TimeSpan time)
    {
        Time.Advance(time);
        foreach (var due in await Store.DueRunsAsync(Time.GetUtcNow(), null, 1000, default))
        {
            await AdvanceAsync(due.RunId, Signal.DeadlinePassed);
        }

        await SettleAsync();
    }

    /// <summary>Forgets every wake-up, as a process that dies does.</summary>
    public void LoseSignals() => host.Clear();

    public async Task<Run> FindAsync(string runId) =>
        await over.FindRunAsync(runId, default) ?? throw new InvalidOperationException($"No run {runId}.");

    public async Task<HumanTask> TaskOfAsync(Run run) => Assert.Single(await over.TasksOfRunAsync(run.Id, default));

    public async Task<Verdict> SubmitAsync(HumanTask task, string values, string? key = null) => await Tasks.AcceptAsync(
        task,
        JsonNode.Parse(values)!.AsObject(),
        new Submission { Key = key, Fingerprint = values, ByLink = true, MaxFileBytes = 1000 },
        default);

    public async Task<IReadOnlyList<Run>> ContinuationsAsync(Run run)
    {
        List<Run> runs = [];
        foreach (var id in await over.ContinuationsOfAsync(run.Id, default))
        {
            runs.Add(await FindAsync(id));
        }

        return runs;
    }

    /// <summary>The bodies in a table of the database, as they are stored.</summary>
    public Task<IReadOnlyList<string>> BodiesAsync(string table) => database.ReadAsync(
        connection =>
        {
            using var row = connection.Prepare($"SELECT body FROM {table}");
            var bodies = new List<string>();
            while (row.Step())
            {
                bodies.Add(System.Text.Encoding.UTF8.GetString(row.Blob(0)));
            }

            return (IReadOnlyList<string>)bodies;
        },
        default);
}
