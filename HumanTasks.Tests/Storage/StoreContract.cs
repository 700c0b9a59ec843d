using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

/// <summary>What every adapter's tests begin with: stores of its own, empty, for each test.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected IRunStore Runs => Stores.Runs;

    protected Stores Stores { get; private set; } = null!;

    /// <summary>Opens the adapter's stores; they are empty.</summary>
    protected abstract Task<Stores> OpenAsync();

    /// <summary>Closes and removes them.</summary>
    protected abstract Task CloseAsync();

    public async Task InitializeAsync() => Stores = await OpenAsync();

    public Task DisposeAsync() => CloseAsync();

    /// <summary>A stored run that is paused at its tasks, or completed when it has none.</summary>
    protected async Task<Run> StoredAsync(Run run, params HumanTask[] tasks)
    {
        var first = Sample.First(run, tasks);
        Assert.Equal(CreateResult.Created, await Runs.CreateAsync(first, null, None));
        return first.Run;
    }
}
