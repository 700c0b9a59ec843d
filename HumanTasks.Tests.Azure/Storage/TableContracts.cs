using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Functions.Storage;

[NeedsAzurite]
public sealed class TableRuns : RunStoreContract
{
    private TableStores? stores;

    protected override async Task<Stores> OpenAsync() => (stores = await TableStores.OpenAsync()).All;

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}

[NeedsAzurite]
public sealed class TableAllowance : AllowanceContract
{
    private TableStores? stores;

    protected override async Task<Stores> OpenAsync() => (stores = await TableStores.OpenAsync()).All;

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}

[NeedsAzurite]
public sealed class TableFilters : FilteringRuns
{
    private TableStores? stores;

    protected override async Task<Stores> OpenAsync() => (stores = await TableStores.OpenAsync()).All;

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}

[NeedsAzurite]
public sealed class TableLists : ListContract
{
    private TableStores? stores;

    protected override async Task<Stores> OpenAsync() => (stores = await TableStores.OpenAsync()).All;

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}

[NeedsAzurite]
public sealed class TableRuleSets : RuleSetStoreContract
{
    private TableStores? stores;

    protected override async Task<Stores> OpenAsync() => (stores = await TableStores.OpenAsync()).All;

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}

[NeedsAzurite]
public sealed class TableReservations : IdempotencyStoreContract
{
    private TableStores? stores;

    protected override async Task<Stores> OpenAsync() => (stores = await TableStores.OpenAsync()).All;

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}

[NeedsAzurite]
public sealed class TableDocuments : DocumentStoreContract
{
    private TableStores? stores;

    protected override async Task<Stores> OpenAsync() => (stores = await TableStores.OpenAsync()).All;

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}

[NeedsAzurite]
public sealed class TableRestatements : RestatementContract
{
    private TableStores? stores;

    protected override async Task<Stores> OpenAsync() => (stores = await TableStores.OpenAsync()).All;

    protected override async Task CloseAsync() => await stores!.DisposeAsync();
}
