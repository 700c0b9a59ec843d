#nullable disable

using Azure.Core;

namespace Azure.Data.Tables;

public class TableServiceClient
{
    private readonly Wire wire;

    protected TableServiceClient()
    {
    }

    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    public TableServiceClient(string connectionString, TableClientOptions options = null) =>
        wire = Wire.FromConnectionString(connectionString, options);

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null) =>
        wire = Wire.FromToken(endpoint, tokenCredential, options);

    public virtual TableClient GetTableClient(string tableName) => new(wire, tableName);
}
