using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>The tables of this deployment.</summary>
/// <param name="service">The storage account.</param>
/// <param name="prefix">What the names of the tables begin with: letters and digits.</param>
internal sealed class StorageTables(TableServiceClient service, string prefix)
{
    /// <summary>A partition for each run, with everything that its transactions write.</summary>
    public TableClient Runs { get; } = service.GetTableClient($"{prefix}Runs");

    /// <summary>Where runs and tasks are found, and what has to be done to them: pointers, never the truth.</summary>
    public TableClient Index { get; } = service.GetTableClient($"{prefix}Index");

    public TableClient Allowances { get; } = service.GetTableClient($"{prefix}Allowances");

    public TableClient RuleSets { get; } = service.GetTableClient($"{prefix}RuleSets");

    public TableClient Reservations { get; } = service.GetTableClient($"{prefix}Reservations");

    /// <summary>Small documents: codes, sessions, drafts, comments, what happened to links.</summary>
    public TableClient Documents { get; } = service.GetTableClient($"{prefix}Documents");

    /// <summary>Data-protection keys.</summary>
    public TableClient Keys { get; } = service.GetTableClient($"{prefix}Keys");

    /// <summary>The mail of development; made by the first mail, never in a deployment.</summary>
    public TableClient Outbox { get; } = service.GetTableClient($"{prefix}Outbox");

    public IReadOnlyList<TableClient> All => [Runs, Index, Allowances, RuleSets, Reservations, Documents, Keys];

    public Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(All.Select(table => table.CreateIfNotExistsAsync(cancellationToken)));
}
