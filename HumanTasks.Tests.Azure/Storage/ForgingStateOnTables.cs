using HumanTasks.Core.Ports;
using HumanTasks.Tests.Runs;

namespace HumanTasks.Tests.Functions.Storage;

[NeedsAzurite]
public sealed class ForgingStateOnTables : ForgingState
{
    private TableStores? stores;

    private protected override async Task<(EngineHarness Harness, IRunStore Store)> OpenAsync()
    {
        stores = await TableStores.OpenAsync();
        return (new EngineHarness(stores: stores.All), stores.Runs);
    }

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}
