using Azure.Data.Tables;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Reads a page of a list: rows of the index in order, and the records that they point to. A row whose record stands
/// elsewhere by now is skipped and taken away.
/// </summary>
internal sealed class ListReader(StorageTables tables, IndexWriter index)
{
    /// <summary>A search that finds little goes on in another page instead of reading on and on.</summary>
    private const int MaxRows = 20_000;

    private const int VersionParts = 1;

    /// <param name="partition">Of the index.</param>
    /// <param name="lists">The prefixes of the lists to merge: all have the same order.</param>
    /// <param name="tag">Of the cursors of this list.</param>
    /// <param name="cursor">Where to begin.</param>
    /// <param name="limit">How many records.</param>
    /// <param name="versioned">Whether the keys end with a version.</param>
    /// <param name="mayMatch">Tells by a row that its record is not wanted.</param>
    /// <param name="read">
    /// Reads the record of a row: whether the row still points to where it stands, and the record when it is wanted.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Page<T>> ReadAsync<T>(
        string partition,
        IReadOnlyList<string> lists,
        char tag,
        string? cursor,
        int limit,
        bool versioned,
        Func<TableEntity, bool> mayMatch,
        Func<TableEntity, CancellationToken, Task<(bool IsCurrent, T? Record)>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        var after = ListCursor.Read(cursor, tag);
        var pageSize = Math.Min(limit + 1, Ranges.MaxPage);
        var rows = Ranges.MergeAsync(
            lists.Select(list => tables.Index.RangeAsync(
                partition,
                after is null ? Key.Under(list) : Key.After(Key.Join(list, after)),
                Key.After(list),
                cancellationToken,
                pageSize)),
            row => Key.Under(PlaceOf(row, lists, versioned)), // as the keys sort, in which a dot follows
            cancellationToken);

        var page = new List<T>();
        var waiting = new List<TableEntity>();
        var (place, last, seen) = ("", "", 0);
        await foreach (var row in rows)
        {
            seen++;
            place = PlaceOf(row, lists, versioned);
            if (mayMatch(row))
            {
                waiting.Add(row);
            }

            // one record more than wanted tells whether there is another page
            if (waiting.Count + page.Count > limit)
            {
                last = await FillAsync(page, waiting, limit, lists, versioned, read, last, cancellationToken);
                if (page.Count > limit)
                {
                    return new Page<T>(page[..limit], ListCursor.Write(tag, last));
                }
            }

            if (seen == MaxRows)
            {
                await FillAsync(page, waiting, limit, lists, versioned, read, last, cancellationToken);
                return new Page<T>(page, ListCursor.Write(tag, place));
            }
        }

        last = await FillAsync(page, waiting, limit, lists, versioned, read, last, cancellationToken);
        return page.Count > limit ? new Page<T>(page[..limit], ListCursor.Write(tag, last)) : new Page<T>(page, null);
    }

    /// <summary>The rows of one list, in its order.</summary>
    public IAsyncEnumerable<TableEntity> RowsAsync(string partition, string list, CancellationToken cancellationToken) =>
        tables.Index.RangeAsync(partition, Key.Under(list), Key.After(list), cancellationToken, Ranges.MaxPage);

    /// <summary>Reads the records of the rows that wait; answers the place of the last one that fits the page.</summary>
    private async Task<string> FillAsync<T>(
        List<T> page,
        List<TableEntity> waiting,
        int limit,
        IReadOnlyList<string> lists,
        bool versioned,
        Func<TableEntity, CancellationToken, Task<(bool IsCurrent, T? Record)>> read,
        string last,
        CancellationToken cancellationToken)
        where T : class
    {
        var records = await Task.WhenAll(waiting.Select(row => read(row, cancellationToken)));
        foreach (var (row, (isCurrent, record)) in waiting.Zip(records))
        {
            if (!isCurrent)
            {
                await index.TakeAwayAsync(RowAddress.Of(row), cancellationToken);
            }
            else if (record is not null)
            {
                page.Add(record);
                last = page.Count <= limit ? PlaceOf(row, lists, versioned) : last;
            }
        }

        waiting.Clear();
        return last;
    }

    /// <summary>What of a row's key is the same in all lists with this order.</summary>
    private static string PlaceOf(TableEntity row, IReadOnlyList<string> lists, bool versioned)
    {
        var depth = lists[0].Count(character => character == '.') + 1;
        var parts = row.RowKey.Split('.');
        return string.Join('.', parts[depth..(parts.Length - (versioned ? VersionParts : 0))]);
    }
}
