using Azure;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>The table adapter at the seam of the SDK: entities, conflicts and continuation, without a service.</summary>
public sealed class TalkingToTables
{
    private readonly Mock<TableClient> runs = new();
    private readonly Mock<TableClient> index = new();
    private readonly TableRunStore store;

    public TalkingToTables()
    {
        var service = new Mock<TableServiceClient>();
        service.Setup(client => client.GetTableClient(It.IsAny<string>())).Returns(Mock.Of<TableClient>());
        service.Setup(client => client.GetTableClient("xRuns")).Returns(runs.Object);
        service.Setup(client => client.GetTableClient("xIndex")).Returns(index.Object);
        store = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new ManualTime(Sample.Start))
            .AddSingleton<ILargeValues, MemoryValues>()
            .AddSingleton(new StorageTables(service.Object, "x"))
            .AddTableStores()
            .BuildServiceProvider()
            .GetRequiredService<TableRunStore>();
    }

    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(412, "UpdateConditionNotSatisfied")]
    [InlineData(409, "EntityAlreadyExists")]
    [InlineData(404, "ResourceNotFound")]
    public async Task A_turn_that_came_second_is_no_failure(int status, string code)
    {
        var run = await PausedAsync();
        Refuse(status, code);

        Assert.Equal(CommitResult.Conflict, await store.CommitAsync(Sample.Turn(run, run.State), None));
        Assert.Equal(CreateResult.AlreadyExists, await store.CreateAsync(Sample.First(Sample.Run()), null, None));
    }

    [Theory]
    [InlineData(404, "TableNotFound")]
    [InlineData(413, "RequestBodyTooLarge")]
    [InlineData(503, "ServerBusy")]
    public async Task Any_other_failure_is_one(int status, string code)
    {
        var run = await PausedAsync();
        Refuse(status, code);

        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(
            () => store.CommitAsync(Sample.Turn(run, run.State), None));
        Assert.Equal(code, failure.ErrorCode);
    }

    [Fact]
    public async Task A_turn_replaces_the_run_on_the_condition_of_its_etag()
    {
        var run = await PausedAsync();
        var transaction = await CommitAsync(Sample.Turn(run, new RunState.Completed(null), Sample.Task(run, "new")) with
        {
            Consumed = ["01k0000000000000000000000a"],
            Starts = [new RunStart(Sample.Continuation(run, run.Id), null, "")],
        });

        Assert.All(transaction, action => Assert.Equal($"{run.Id[^2..]}-{run.Id}", action.Entity.PartitionKey));
        Assert.Equal(
            [
                (TableTransactionActionType.UpdateReplace, "run"),
                (TableTransactionActionType.Add, "task.new"),
                (TableTransactionActionType.Add, "log.0000000002"),
                (TableTransactionActionType.Add, "starts.0000000002"),
                (TableTransactionActionType.UpdateMerge, "response.01k0000000000000000000000a"),
            ],
            transaction.SkipLast(1).Select(action => (action.ActionType, action.Entity.RowKey)));
        Assert.StartsWith("run.todo.", transaction[^1].Entity.RowKey, StringComparison.Ordinal);
        Assert.Equal(new ETag("W/\"1\""), transaction[0].ETag);
        Assert.Equal(ETag.All, transaction[4].ETag);
    }

    [Fact]
    public async Task A_run_is_an_entity_with_its_place_and_its_json()
    {
        var run = await PausedAsync();
        var transaction = await CommitAsync(Sample.Turn(run, new RunState.Failed(new RunError("ask", "broken", 3))));

        var entity = (TableEntity)transaction[0].Entity;
        Assert.Equal(2, entity.GetInt32("Version"));
        Assert.Equal("failed", entity.GetString("Status"));
        Assert.Equal("acme", entity.GetString("Environment"));
        Assert.Equal(run.AvailableUntil.UtcTicks, entity.GetInt64("AvailableUntil"));
        Assert.Null(entity.GetInt64("WakeAt"));
        using var body = System.Text.Json.JsonDocument.Parse(entity.GetBinary("Body"));
        Assert.Equal("failed", body.RootElement.GetProperty("state").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_list_that_the_service_answers_in_pieces_is_read_to_its_end()
    {
        var run = await PausedAsync();
        var found = (await store.FindRunAsync(run.Id, None))!;
        Answer(runs, [[], [Entity("task.a", 2)], [], [Entity("task.b", 1)]]);

        Assert.Equal(1, found.Version);
        Assert.Equal(["b", "a"], (await store.TasksOfRunAsync(run.Id, None)).Select(task => task.Action));

        TableEntity Entity(string row, long order)
        {
            var task = Sample.Task(run, row[^1..]);
            var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Core.Stored.StoredTask.Of(task), Core.Ports.CoreJson.Default.StoredTask);
            return new TableEntity("p", row) { ["Order"] = order, ["Body"] = json };
        }
    }

    [Fact]
    public async Task A_run_whose_rows_come_in_pieces_is_found()
    {
        var run = await PausedAsync();
        var entity = (TableEntity)Submitted[0].Entity;
        Answer(runs, [[], [], [entity]]);

        Assert.Equal(run.Id, (await store.FindRunAsync(run.Id, None))!.Id);
    }

    private List<TableTransactionAction> Submitted { get; } = [];

    /// <summary>Creates a run through the store and has the table answer it from then on.</summary>
    private async Task<Run> PausedAsync()
    {
        runs
            .Setup(table => table.SubmitTransactionAsync(
                It.IsAny<IEnumerable<TableTransactionAction>>(), It.IsAny<CancellationToken>()))
            .Callback<IEnumerable<TableTransactionAction>, CancellationToken>((actions, _) => Submitted.AddRange(actions))
            .ReturnsAsync(Response.FromValue<IReadOnlyList<Response>>([], Mock.Of<Response>()));
        runs
            .Setup(table => table.GetEntityIfExistsAsync<TableEntity>(
                It.IsAny<string>(), It.IsAny<string>(), It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new NothingThere());
        var run = Sample.Run();
        var first = Sample.First(run, Sample.Task(run));
        Assert.Equal(CreateResult.Created, await store.CreateAsync(first, null, None));

        var entity = (TableEntity)Submitted[0].Entity;
        entity.ETag = new ETag("W/\"1\"");
        Answer(runs, [[entity]]);
        return first.Run;
    }

    private async Task<List<TableTransactionAction>> CommitAsync(TurnCommit turn)
    {
        Submitted.Clear();
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(turn, None));
        return [.. Submitted.TakeWhile(action => !action.Entity.RowKey.StartsWith("run.todo", StringComparison.Ordinal)),
            Submitted.Find(action => action.Entity.RowKey.StartsWith("run.todo", StringComparison.Ordinal))!];
    }

    private void Refuse(int status, string code) => runs
        .Setup(table => table.SubmitTransactionAsync(
            It.IsAny<IEnumerable<TableTransactionAction>>(), It.IsAny<CancellationToken>()))
        .ThrowsAsync(new TableTransactionFailedException(new RequestFailedException(status, $"0:{code}", code, null)));

    private static void Answer(Mock<TableClient> table, IReadOnlyList<IReadOnlyList<TableEntity>> pieces) => table
        .Setup(client => client.QueryAsync<TableEntity>(
            It.IsAny<string>(), It.IsAny<int?>(), It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
        .Returns(() => AsyncPageable<TableEntity>.FromPages(pieces.Select((piece, i) =>
            Azure.Page<TableEntity>.FromValues(piece, i < pieces.Count - 1 ? $"p {i}" : null, Mock.Of<Response>()))));

    private sealed class NothingThere : NullableResponse<TableEntity>
    {
        public override bool HasValue => false;

        public override TableEntity Value => throw new InvalidOperationException();

        public override Response GetRawResponse() => Mock.Of<Response>();
    }
}
