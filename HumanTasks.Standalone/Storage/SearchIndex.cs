using System.Text;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// Finds tasks by a part of their words where few have it: every three letters in a row are indexed (FTS5, trigrams), in
/// upper case, as a comparison without letter case does it. The index follows behind the tasks; those after its end are
/// looked at one by one. What it finds is checked again, because three letters do not know their order.
/// </summary>
internal static class SearchIndex
{
    /// <summary>With more than this the list finds a page sooner by looking at its tasks in their order.</summary>
    private const int MaxFound = 5_000;

    /// <summary>So many tasks say how frequent three letters are.</summary>
    private const int Sample = 100;

    private const int MaxSampled = 24;
    private const int Sought = 3;
    private const int Letters = 3;

    public static string WordsOf(string text) => text.ToUpperInvariant();

    /// <summary>Indexes so many more tasks at most; answers how many.</summary>
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

    /// <summary>How many tasks it is behind, at most, and the newest key.</summary>
    public static (long Behind, long Newest) Lag(Connection connection)
    {
        using var row = connection.Prepare("SELECT coalesce(max(key), 0) FROM tasks");
        var newest = row.Step() ? row.Integer(0) : 0;
        return (Math.Max(0, newest - Upto(connection)), newest);
    }

    /// <summary>The keys of the tasks that may have a text, or null when the text is too short or too many have it.</summary>
    public static Found? Find(Connection connection, string text)
    {
        // first: what is indexed from now on is found twice, and counts once
        var upto = Upto(connection);
        var sought = TripletsOf(WordsOf(text))
            .Select(triplet => (Triplet: triplet, Share: ShareOf(connection, triplet, upto)))
            .OrderBy(pair => pair.Share)
            .Take(Sought)
            .Select(pair => pair.Triplet)
            .ToList();
        if (sought.Count == 0)
        {
            return null;
        }

        var keys = Keys(connection, string.Join(" AND ", sought), MaxFound + 1);
        return keys.Count > MaxFound ? null : new Found($"[{string.Join(',', keys)}]", upto);
    }

    /// <summary>How large a part of the tasks has three letters, roughly: keys count up.</summary>
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

    /// <summary>As strings of an FTS5 expression, each once.</summary>
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

    /// <param name="Keys">A JSON array of those that the index knows.</param>
    /// <param name="Upto">The end of the index: tasks after it may have the text, too.</param>
    internal sealed record Found(string Keys, long Upto);
}
