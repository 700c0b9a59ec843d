#nullable disable

using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

public class TableClient
{
    private static readonly int[] Created = [201, 204];
    private static readonly int[] Written = [204];
    private static readonly int[] Deleted = [204, 404]; // what is not there is no error to the genuine client either

    private readonly Wire wire;

    protected TableClient()
    {
    }

    internal TableClient(Wire wire, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        this.wire = wire;
        Name = name;
    }

    public virtual string Name { get; }

    public static string CreateQueryFilter(FormattableString filter) => Filters.Format(filter);

    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = wire.Message(RequestMethod.Post, "Tables", Payload.OfTable(Name));
        var response = await wire.SendAsync(message, cancellationToken);
        return response.Status is 201 or 204 || (response.Status == 409 && Wire.ErrorCode(response) == "TableAlreadyExists")
            ? Response.FromValue(new TableItem(Name), response)
            : throw Wire.Failure(response);
    }

    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        SendAsync(wire.Message(RequestMethod.Delete, $"Tables('{Name}')"), Deleted, cancellationToken);

    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        SendAsync(wire.Message(RequestMethod.Post, Name, Payload.Of(entity)), Created, cancellationToken);

    public virtual Response UpsertEntity<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = WriteMessage(entity, mode, null);
        var response = wire.Send(message, cancellationToken);
        return Written.Contains(response.Status) ? response : throw Wire.Failure(response);
    }

    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        SendAsync(WriteMessage(entity, mode, null), Written, cancellationToken);

    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        ifMatch == default
            ? throw new ArgumentException("Value cannot be empty.", nameof(ifMatch))
            : SendAsync(WriteMessage(entity, mode, ifMatch.ToString()), Written, cancellationToken);

    public virtual Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        var path = Wire.PathOf(Name, partitionKey, rowKey);
        var message = wire.Message(RequestMethod.Delete, path, ifMatch: ifMatch == default ? "*" : ifMatch.ToString());
        return SendAsync(message, Deleted, cancellationToken);
    }

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var query = select is null ? null : "$select=" + Uri.EscapeDataString(string.Join(',', select));
        using var message = wire.Message(RequestMethod.Get, Wire.PathOf(Name, partitionKey, rowKey), query: query);
        var response = await wire.SendAsync(message, cancellationToken);
        if (response.Status == 200)
        {
            using var document = JsonDocument.Parse(response.Content.ToMemory());
            return Response.FromValue(Payload.Read<T>(document.RootElement, response.Headers.ETag?.ToString()), response);
        }

        return response.Status == 404 && Wire.ErrorCode(response) is "ResourceNotFound" or "EntityNotFound"
            ? new NoValue<T>(response)
            : throw Wire.Failure(response);
    }

    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null,
        int? maxPerPage = default,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new Pages<T>((token, size, stop) => wire.SendAsync(QueryMessage(filter, select, token, size ?? maxPerPage), stop), cancellationToken);

    public virtual Pageable<T> Query<T>(
        string filter = null,
        int? maxPerPage = default,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new SyncPages<T>((token, size) => wire.Send(QueryMessage(filter, select, token, size ?? maxPerPage), cancellationToken));

    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var batch = new Batch(Name, wire.Root, transactionActions);
        using var message = wire.Message(RequestMethod.Post, "$batch");
        batch.WriteTo(message.Request);
        var response = await wire.SendAsync(message, cancellationToken);
        return response.Status == 202
            ? Response.FromValue(batch.Read(response), response)
            : throw new TableTransactionFailedException(Wire.Failure(response));
    }

    private HttpMessage WriteMessage(ITableEntity entity, TableUpdateMode mode, string ifMatch) => wire.Message(
        mode == TableUpdateMode.Merge ? RequestMethod.Patch : RequestMethod.Put,
        Wire.PathOf(Name, entity.PartitionKey, entity.RowKey),
        Payload.Of(entity),
        ifMatch);

    private HttpMessage QueryMessage(string filter, IEnumerable<string> select, string token, int? size)
    {
        var query = new List<string>();
        if (!string.IsNullOrEmpty(filter))
        {
            query.Add("$filter=" + Uri.EscapeDataString(filter));
        }

        if (select is not null)
        {
            query.Add("$select=" + Uri.EscapeDataString(string.Join(',', select)));
        }

        if (size is not null)
        {
            query.Add($"$top={size}");
        }

        if (token?.Split(' ', 2) is { } next)
        {
            query.Add("NextPartitionKey=" + Uri.EscapeDataString(next[0]));
            if (next.Length > 1 && next[1].Length > 0)
            {
                query.Add("NextRowKey=" + Uri.EscapeDataString(next[1]));
            }
        }

        return wire.Message(RequestMethod.Get, Name + "()", query: query.Count == 0 ? null : string.Join('&', query));
    }

    private async Task<Response> SendAsync(HttpMessage message, int[] good, CancellationToken cancellationToken)
    {
        using (message)
        {
            var response = await wire.SendAsync(message, cancellationToken);
            return good.Contains(response.Status) ? response : throw Wire.Failure(response);
        }
    }
}
