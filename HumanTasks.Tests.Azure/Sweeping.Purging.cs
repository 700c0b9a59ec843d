using Grpc.Core;
using Microsoft.DurableTask.Client;
using Moq;

namespace HumanTasks.Tests.Functions;

public sealed partial class Sweeping
{
    [Fact]
    public async Task What_hangs_on_a_run_goes_before_the_run()
    {
        List<string> order = [];
        Purges("old", order);
        files.Setup(files => files.DeleteOfRunAsync("old", It.IsAny<CancellationToken>()))
            .Callback(() => order.Add("files")).Returns(Task.CompletedTask);
        client.Setup(client => client.PurgeInstanceAsync("old", It.IsAny<CancellationToken>()))
            .Callback(() => order.Add("history")).ReturnsAsync(new PurgeResult(1));

        await SweepAsync();

        Assert.Equal(["files", "history", "run"], order);
    }

    [Fact]
    public async Task Files_that_cannot_be_deleted_keep_their_run()
    {
        List<string> order = [];
        Purges("old", order);
        files.Setup(files => files.DeleteOfRunAsync("old", It.IsAny<CancellationToken>()))
            .ThrowsAsync(new IOException());

        await SweepAsync();

        Assert.Empty(order);
    }

    [Fact]
    public async Task A_run_that_only_the_store_knew_of_loses_its_files_too()
    {
        store.Setup(runs => runs.PurgeAsync(It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(["late"]);

        await SweepAsync();

        files.Verify(files => files.DeleteOfRunAsync("late", It.IsAny<CancellationToken>()), Times.Once);
        client.Verify(client => client.PurgeInstanceAsync("late", It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Purging_stops_after_its_batches()
    {
        var full = Enumerable.Range(0, BatchSize).Select(number => $"run{number}").ToList();
        store.Setup(runs => runs.PurgeAsync(It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(full);

        await SweepAsync();

        store.Verify(
            runs => runs.PurgeAsync(time.GetUtcNow(), BatchSize, It.IsAny<CancellationToken>()),
            Times.Exactly(MostBatches));
    }

    [Fact]
    public async Task An_orchestration_that_still_waits_for_a_purged_run_is_ended_and_then_purged()
    {
        Purges("old", []);
        client.SetupSequence(client => client.PurgeInstanceAsync("old", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PurgeResult(0))
            .ReturnsAsync(new PurgeResult(1));
        client.Setup(client => client.GetInstanceAsync("old", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new OrchestrationMetadata("RunOrchestration", "old"));

        await SweepAsync();

        client.Verify(client => client.TerminateInstanceAsync("old", It.IsAny<CancellationToken>()), Times.Once);
        client.Verify(
            client => client.WaitForInstanceCompletionAsync("old", It.IsAny<CancellationToken>()), Times.Once);
        client.Verify(client => client.PurgeInstanceAsync("old", It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Fact]
    public async Task A_run_without_an_orchestration_is_purged_all_the_same()
    {
        List<string> order = [];
        Purges("old", order);
        client.Setup(client => client.PurgeInstanceAsync("old", It.IsAny<CancellationToken>()))
            .ThrowsAsync(new RpcException(new Status(StatusCode.NotFound, "old")));

        await SweepAsync();

        Assert.Equal(["run"], order);
    }

    [Fact]
    public async Task Idempotency_keys_go_after_a_day()
    {
        idempotency.SetupSequence(keys => keys.PurgeReservationsAsync(
                time.GetUtcNow().AddDays(-1), BatchSize, It.IsAny<CancellationToken>()))
            .ReturnsAsync(BatchSize)
            .ReturnsAsync(1);

        await SweepAsync();

        idempotency.Verify(
            keys => keys.PurgeReservationsAsync(
                It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()),
            Times.Exactly(2));
    }
}
