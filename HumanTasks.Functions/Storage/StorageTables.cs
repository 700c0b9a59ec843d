using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>The tables of this deployment.</summary>
/// <param name="service">The storage account.</param>
/// <param name="prefix">The prefix of the table names: letters and digits.</param>
internal sealed class StorageTables(TableServiceClient service, string prefix)
{
    /// <summary>The table of runs: a partition for each run, with everything that its transactions write.</summary>
    public TableClient Runs { get; } = service.GetTableClient($"{prefix}Runs");

    /// <summary>
    /// The index of runs and tasks, and of the work on them. It contains pointers only, never the data itself.
    /// </summary>
    public TableClient Index { get; } = service.GetTableClient($"{prefix}Index");

    public TableClient Allowances { get; } = service.GetTableClient($"{prefix}Allowances");

    public TableClient RuleSets { get; } = service.GetTableClient($"{prefix}RuleSets");

    public TableClient Reservations { get; } = service.GetTableClient($"{prefix}Reservations");

    /// <summary>The table of small documents: codes, sessions, drafts, comments, the history of links.</summary>
    public TableClient Documents { get; } = service.GetTableClient($"{prefix}Documents");

    /// <summary>The table of data-protection keys.</summary>
    public TableClient Keys { get; } = service.GetTableClient($"{prefix}Keys");

    /// <summary>The table of emails in development, created by the first one; never in a deployment.</summary>
    public TableClient Outbox { get; } = service.GetTableClient($"{prefix}Outbox");

    public IReadOnlyList<TableClient> All => [Runs, Index, Allowances, RuleSets, Reservations, Documents, Keys];

    public Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(All.Select(table => table.CreateIfNotExistsAsync(cancellationToken)));
}
