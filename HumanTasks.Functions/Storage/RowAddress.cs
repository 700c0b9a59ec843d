using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

internal sealed record RowAddress(string Partition, string Row)
{
    public static RowAddress Of(TableEntity row) => new(row.PartitionKey, row.RowKey);
}
