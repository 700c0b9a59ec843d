using System.Text;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// A search index of tasks by any part of their words. It indexes every three consecutive letters (FTS5, trigrams) in
/// upper case, to ignore letter case. The index follows behind the tasks; tasks after its end are scanned. Its results
/// are checked again, because trigrams do not record their order.
/// </summary>
internal static class SearchIndex
{
    /// <summary>The number of results above which scanning the tasks in their order fills a page sooner.</summary>
    private const int MaxFound = 5_000;

    /// <summary>The number of tasks sampled to estimate how frequent a trigram is.</summary>
    private const int Sample = 100;

    private const int MaxSampled = 24;
    private const int MaxTerms = 3;
    private const int Letters = 3;

    public static string WordsOf(string text) => text.ToUpperInvariant();

    /// <summary>Indexes up to that many more tasks; returns how many.</summary>
    public static int Follow(Connection connection, int limit)
    {
        var upto = Upto(connection);
        using (var row = connection
            .Prepare("SELECT count(*), max(key) FROM (SELECT key FROM tasks WHERE key > ?1 ORDER BY key LIMIT ?2)")
            .Bind(upto)
            .Bind(limit))
        {
            if (!row.Step() || row.Integer(0) == 0)
            {
                return 0;
            }

            upto = row.Integer(1);
        }

        var added = connection
            .Prepare(
                """
                INSERT INTO task_words (rowid, words)
                SELECT tasks.key, words_of(title, assignee, coalesce(correlation_id, id_text(id)))
                FROM tasks CROSS JOIN runs ON runs.key = tasks.run
                WHERE tasks.key > (SELECT upto FROM indexed_tasks) AND tasks.key <= ?1
                """)
            .Bind(upto)
            .Run();
        connection.Prepare("UPDATE indexed_tasks SET upto = ?1").Bind(upto).Run();
        return added;
    }

    /// <summary>Returns the number of tasks not indexed yet, at most, and the newest key.</summary>
    public static (long Behind, long Newest) Lag(Connection connection)
    {
        using var row = connection.Prepare("SELECT coalesce(max(key), 0) FROM tasks");
        var newest = row.Step() ? row.Integer(0) : 0;
        return (Math.Max(0, newest - Upto(connection)), newest);
    }

    /// <summary>
    /// Returns the keys of the tasks that may contain a text, or null when the text is too short or too many contain
    /// it.
    /// </summary>
    public static Found? Find(Connection connection, string text)
    {
        // first, because a task indexed from now on is found twice but counted once
        var upto = Upto(connection);
        var sought = TripletsOf(WordsOf(text))
            .Select(triplet => (Triplet: triplet, Share: ShareOf(connection, triplet, upto)))
            .OrderBy(pair => pair.Share)
            .Take(MaxTerms)
            .Select(pair => pair.Triplet)
            .ToList();
        if (sought.Count == 0)
        {
            return null;
        }

        var keys = Keys(connection, string.Join(" AND ", sought), MaxFound + 1);
        return keys.Count > MaxFound ? null : new Found($"[{string.Join(',', keys)}]", upto);
    }

    /// <summary>Estimates the share of tasks that contain a trigram, from ascending keys.</summary>
    private static double ShareOf(Connection connection, string triplet, long upto)
    {
        var keys = Keys(connection, triplet, Sample);
        return keys.Count < Sample ? keys.Count / Math.Max(1.0, upto) : Sample / (keys[^1] - keys[0] + 1.0);
    }

    private static List<long> Keys(Connection connection, string expression, int limit) => connection
        .Prepare("SELECT rowid FROM task_words WHERE task_words MATCH ?1 LIMIT ?2")
        .Bind(expression)
        .Bind(limit)
        .Integers();

    /// <summary>Returns the distinct trigrams as strings of an FTS5 expression.</summary>
    private static IEnumerable<string> TripletsOf(string words)
    {
        var runes = words.EnumerateRunes().ToArray();
        if (runes.Contains(new Rune(0)))
        {
            return [];
        }

        var triplets = Enumerable.Range(0, Math.Max(0, runes.Length - Letters + 1))
            .Select(i => $"\"{string.Concat(runes[i..(i + Letters)]).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var step = Math.Max(1, (triplets.Count + MaxSampled - 1) / MaxSampled);
        return triplets.Where((_, i) => i % step == 0);
    }

    private static long Upto(Connection connection)
    {
        using var row = connection.Prepare("SELECT upto FROM indexed_tasks");
        return row.Step() ? row.Integer(0) : 0;
    }

    /// <summary>The result of a search in the index.</summary>
    /// <param name="Keys">A JSON array of the keys found.</param>
    /// <param name="Upto">The end of the index: tasks after it may contain the text, too.</param>
    internal sealed record Found(string Keys, long Upto);
}
