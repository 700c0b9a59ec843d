using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>Many runs at once while requests fail at random: once swept, the index tells the truth, and all of it.</summary>
[NeedsAzurite]
public sealed class CuttingWiresAnywhere : IAsyncLifetime
{
    private const int Runs = 20;

    private TableStores stores = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => stores = await TableStores.OpenAsync();

    public async Task DisposeAsync() => await stores.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Once_swept_the_index_tells_the_truth(int seed)
    {
        var chance = new Random(seed);
        stores.Requests.Fail = _ =>
        {
            lock (chance)
            {
                return chance.Next(12) == 0;
            }
        };
        await Parallel.ForEachAsync(Enumerable.Range(0, Runs), async (i, _) => await LiveAsync(i));
        stores.Requests.Fail = null;

        for (var sweep = 0; sweep < 5; sweep++)
        {
            stores.Time.Advance(TimeSpan.FromMinutes(11));
            await stores.Runs.DueAsync(stores.Time.GetUtcNow().AddMinutes(-1), null, 1000, None);
            await stores.Runs.UnconsumedAsync(stores.Time.GetUtcNow().AddMinutes(-1), null, 1000, None);
        }

        var runIds = await AssertIndexAsync();
        await Task.WhenAll(runIds.Select(runId => stores.Runs.FindRunAsync(runId, None)));
        await AssertNothingToDoAsync();
    }

    /// <summary>A run that asks, is answered twice, queues a continuation for each answer and ends; retried as callers do.</summary>
    private async Task LiveAsync(int number)
    {
        var run = Sample.Run(Sample.Start.AddSeconds(number), ruleSet: number % 2 == 0 ? "even" : "odd");
        var task = Sample.Task(run).For($"a{number % 3}@example.com").Usable(2);
        await RetriedAsync(() => stores.Runs.CreateAsync(Sample.First(run, task), new(202603, 1000), None));
        foreach (var key in new[] { "first", "second" })
        {
            await RetriedAsync(async () =>
            {
                var current = (await stores.Runs.FindTaskAsync(task.Id, None))!;
                return await stores.Runs.AcceptAsync(Sample.Used(current), Sample.Response(current, key), None);
            });
        }

        await RetriedAsync(async () =>
        {
            var current = (await stores.Runs.FindRunAsync(run.Id, None))!;
            var open = await stores.Runs.UnconsumedResponsesAsync(run.Id, None);
            return current.State.IsOver || await stores.Runs.CommitAsync(
                Sample.Turn(current, new RunState.Completed(null)) with
                {
                    Consumed = [.. open.Select(response => response.Id)],
                    Starts =
                    [
                        .. open.Select(response => Sample.Continuation(current, response.Id)).Select(next => number % 2 == 0
                            ? new RunStart(next, new(202603, 50), "waits")
                            : new RunStart(next, null, "") { Begun = Sample.First(next, Sample.Task(next)) }),
                    ],
                },
                None) == CommitResult.Committed;
        });
    }

    private static async Task RetriedAsync<T>(Func<Task<T>> act)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await act();
                return;
            }
            catch (StorageUnavailableException) when (tries < 1000)
            {
                // as an activity or a person would: again
            }
        }
    }

    private async Task<List<string>> AssertIndexAsync()
    {
        var expected = new HashSet<RowAddress>();
        var runIds = new List<string>();
        await foreach (var entity in stores.Tables.Runs.QueryAsync<TableEntity>(filter: (string?)null))
        {
            var runId = entity.PartitionKey[3..];
            var kind = entity.RowKey.Split('.')[0];
            switch (kind)
            {
                case "run" when entity.RowKey != "run":
                    break; // a todo that outlived what it led to
                case "run":
                    runIds.Add(runId);
                    expected.UnionWith(RunPlace.Read(entity, runId).Rows().Select(row => row.Address));
                    break;
                case "task":
                    expected.UnionWith(TaskPlace.Read(entity, Records.TaskIdOf(entity)).Rows(null).Select(row => row.Address));
                    break;
                case "response":
                    Assert.True(Records.IsConsumed(entity));
                    break;
                default:
                    break;
            }
        }

        var found = new List<RowAddress>();
        await foreach (var row in stores.Tables.Index.QueryAsync<TableEntity>(filter: (string?)null))
        {
            found.Add(RowAddress.Of(row));
        }

        Assert.Equal(Runs * 3, runIds.Count);
        Assert.Equal(Text(expected), Text(found));
        return runIds;
    }

    /// <summary>Whoever reads a run takes away the todos of which everything was done.</summary>
    private async Task AssertNothingToDoAsync()
    {
        var records = new Records(new Bodies(stores.Values));
        await foreach (var entity in stores.Tables.Runs.QueryAsync<TableEntity>(filter: (string?)null))
        {
            Assert.DoesNotContain(".todo", entity.RowKey, StringComparison.Ordinal);
            if (entity.RowKey.StartsWith("starts.", StringComparison.Ordinal))
            {
                Assert.Empty(await records.PendingStartsAsync(entity, None));
            }
        }
    }

    private static string Text(IEnumerable<RowAddress> rows) =>
        string.Join('\n', rows.Select(row => $"{row.Partition} {row.Row}").Order(StringComparer.Ordinal));
}
