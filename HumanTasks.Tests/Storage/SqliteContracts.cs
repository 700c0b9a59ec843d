namespace HumanTasks.Tests.Storage;

public sealed class SqliteRuns : RunStoreContract
{
    private readonly SqliteStores stores = new();

    protected override Task<Stores> OpenAsync() => Task.FromResult(stores.All);

    protected override Task CloseAsync()
    {
        stores.Dispose();
        return Task.CompletedTask;
    }
}

public sealed class SqliteAllowance : AllowanceContract
{
    private readonly SqliteStores stores = new();

    protected override Task<Stores> OpenAsync() => Task.FromResult(stores.All);

    protected override Task CloseAsync()
    {
        stores.Dispose();
        return Task.CompletedTask;
    }
}

public sealed class SqliteFilters : FilteringRuns
{
    private readonly SqliteStores stores = new();

    protected override Task<Stores> OpenAsync() => Task.FromResult(stores.All);

    protected override Task CloseAsync()
    {
        stores.Dispose();
        return Task.CompletedTask;
    }
}

public sealed class SqliteLists : ListContract
{
    private readonly SqliteStores stores = new();

    protected override Task<Stores> OpenAsync() => Task.FromResult(stores.All);

    protected override Task CloseAsync()
    {
        stores.Dispose();
        return Task.CompletedTask;
    }
}

public sealed class SqliteRuleSets : RuleSetStoreContract
{
    private readonly SqliteStores stores = new();

    protected override Task<Stores> OpenAsync() => Task.FromResult(stores.All);

    protected override Task CloseAsync()
    {
        stores.Dispose();
        return Task.CompletedTask;
    }
}

public sealed class SqliteReservations : IdempotencyStoreContract
{
    private readonly SqliteStores stores = new();

    protected override Task<Stores> OpenAsync() => Task.FromResult(stores.All);

    protected override Task CloseAsync()
    {
        stores.Dispose();
        return Task.CompletedTask;
    }
}

public sealed class SqliteDocuments : DocumentStoreContract
{
    private readonly SqliteStores stores = new();

    protected override Task<Stores> OpenAsync() => Task.FromResult(stores.All);

    protected override Task CloseAsync()
    {
        stores.Dispose();
        return Task.CompletedTask;
    }
}

public sealed class SqliteRestatements : RestatementContract
{
    private readonly SqliteStores stores = new();

    protected override Task<Stores> OpenAsync() => Task.FromResult(stores.All);

    protected override Task CloseAsync()
    {
        stores.Dispose();
        return Task.CompletedTask;
    }
}
