using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Storage;

/// <summary>What every <see cref="IRunStore"/> does with a run whose context nobody can read.</summary>
public abstract class RestatementContract : StoreContract
{
    private const string Poison = """{"kept":1,"kept":2}""";

    [Fact]
    public async Task Another_state_leaves_the_rest_of_a_run_as_it_is_stored()
    {
        var made = Sample.Run() with { Context = JsonObject.Create(JsonElement.Parse(Poison))! };
        var run = await StoredAsync(made, Sample.Task(made));

        var before = await Runs.RestateAsync(run.Id, mark => new Restatement(Failure(mark), Line(run)), None);

        Assert.Equal((run.Version, run.CorrelationId, RunStatus.Paused), (before!.Version, before.CorrelationId, before.Status));
        Assert.Equal(run.State, before.State);
        var failed = (await Runs.FindRunAsync(run.Id, None))!;
        Assert.Equal(run.Version + 1, failed.Version);
        Assert.Equal(run.State, Assert.IsType<RunState.Failed>(failed.State).Before);
        Assert.Equal(Poison, failed.Context.ToJsonString());
        Assert.Equal((run.CreatedAt, run.RuleSet, run.AvailableUntil), (failed.CreatedAt, failed.RuleSet, failed.AvailableUntil));
        Assert.Equal(Sample.Start.AddHours(1), failed.UpdatedAt);
        Assert.Null(failed.WakeAt);
        Assert.Equal(RunEvent.Failed, (await Runs.ReadLogAsync(run.Id, null, 10, None)).Items[^1].Event);
        Assert.Equal([run.Id], await ListedAsync(run, RunStatus.Failed));
        Assert.Empty(await ListedAsync(run, RunStatus.Paused));

        // and back
        await Runs.RestateAsync(run.Id, mark => new Restatement(((RunState.Failed)mark.State!).Before!, Line(run)), None);
        Assert.Equal(run.State, (await Runs.FindRunAsync(run.Id, None))!.State);
        Assert.Equal([run.Id], await ListedAsync(run, RunStatus.Paused));
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Sample.Turn(run with { Version = run.Version + 2 }, new RunState.Completed(null)), None));
    }

    [Fact]
    public async Task Nothing_is_written_when_nothing_is_wanted_or_there_is_no_such_run()
    {
        var run = await StoredAsync(Sample.Run());

        Assert.Null(await Runs.RestateAsync(run.Id, _ => null, None));
        Assert.Null(await Runs.RestateAsync(Sample.Run().Id, mark => new Restatement(Failure(mark), Line(run)), None));

        Assert.Equal(Sample.Json(run), Sample.Json(await Runs.FindRunAsync(run.Id, None)));
    }

    private static RunState.Failed Failure(RunMark mark) =>
        new(new RunError("ask", "Told.", 5) { CorrelationId = mark.CorrelationId }) { Before = mark.State };

    private static LogLine Line(Run run) => new(run.UpdatedAt.AddHours(1), null, RunEvent.Failed, "Told.");

    private async Task<IEnumerable<string>> ListedAsync(Run run, RunStatus status) =>
        (await Runs.ListRunsAsync(new RunQuery(run.Environment, 10, Status: status), None)).Items.Select(item => item.Id);
}
