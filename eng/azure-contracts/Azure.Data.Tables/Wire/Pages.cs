#nullable disable

using System.Text.Json;

namespace Azure.Data.Tables;

internal sealed class Pages<T>(
    Func<string, int?, CancellationToken, Task<Response>> query, CancellationToken cancellationToken) : AsyncPageable<T>
    where T : class, ITableEntity
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = PageOf.Read<T>(await query(continuationToken, pageSizeHint, cancellationToken));
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}

internal sealed class SyncPages<T>(Func<string, int?, Response> query) : Pageable<T>
    where T : class, ITableEntity
{
    public override IEnumerable<Page<T>> AsPages(string continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = PageOf.Read<T>(query(continuationToken, pageSizeHint));
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}

internal static class PageOf
{
    /// <summary>A page, and the keys of the two continuation headers with a space between as its token.</summary>
    public static Page<T> Read<T>(Response response)
        where T : class, ITableEntity
    {
        if (response.Status != 200)
        {
            throw Wire.Failure(response);
        }

        using var document = JsonDocument.Parse(response.Content.ToMemory());
        List<T> items = [.. document.RootElement.GetProperty("value").EnumerateArray().Select(entity => Payload.Read<T>(entity))];
        var token = response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition)
            ? $"{partition} {(response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row) ? row : null)}"
            : null;
        return Page<T>.FromValues(items, token, response);
    }
}

internal sealed class NoValue<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException("Service returned no content.");

    public override Response GetRawResponse() => response;
}
