using Azure.Data.Tables;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Reads a page of a list: index rows in order, and the records that they point to. A row whose record has moved is
/// skipped and deleted.
/// </summary>
internal sealed class ListReader(StorageTables tables, IndexWriter index)
{
    /// <summary>The number of rows after which a search that finds little ends its page.</summary>
    private const int MaxRows = 20_000;

    private const int VersionParts = 1;

    /// <summary>Reads one page.</summary>
    /// <param name="partition">The index partition.</param>
    /// <param name="lists">The prefixes of the lists to merge, all in the same order.</param>
    /// <param name="tag">The character that marks this list's cursors.</param>
    /// <param name="cursor">Where to begin.</param>
    /// <param name="limit">The number of records.</param>
    /// <param name="versioned">Whether the keys end with a version.</param>
    /// <param name="mayMatch">Returns false for a row whose record cannot match.</param>
    /// <param name="read">
    /// Reads the record of a row: whether the row still points to its current place, and the record if it matches.
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
            row => Key.Under(PlaceOf(row, lists, versioned)), // sorts like the keys, in which a dot follows
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

            // one record more than requested shows whether there is another page
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

    /// <summary>Returns the rows of one list, in its order.</summary>
    public IAsyncEnumerable<TableEntity> RowsAsync(string partition, string list, CancellationToken cancellationToken) =>
        tables.Index.RangeAsync(partition, Key.Under(list), Key.After(list), cancellationToken, Ranges.MaxPage);

    /// <summary>Reads the records of the waiting rows; returns the place of the last one that fits the page.</summary>
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

    /// <summary>Returns the part of a row's key that is the same in all lists with this order.</summary>
    private static string PlaceOf(TableEntity row, IReadOnlyList<string> lists, bool versioned)
    {
        var depth = lists[0].Count(character => character == '.') + 1;
        var parts = row.RowKey.Split('.');
        return string.Join('.', parts[depth..(parts.Length - (versioned ? VersionParts : 0))]);
    }
}
