namespace HumanTasks.Standalone.Storage;

/// <summary>
/// Names of environments and rule sets, each stored once. None is ever deleted or changed, so that what a connection has
/// seen stays true: it asks the table once for each.
/// </summary>
internal sealed class Names(Connection connection)
{
    /// <summary>More than this are not kept in memory but asked for again.</summary>
    private const int MaxKnown = 10_000;

    private readonly Dictionary<string, long> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> names = [];

    /// <summary>The key of a name, or null when no row has it.</summary>
    public long? Find(string name)
    {
        if (keys.TryGetValue(name, out var known))
        {
            return known;
        }

        using var row = connection.Prepare("SELECT key FROM names WHERE name = ?1").Bind(name);
        return row.Step() ? Know(row.Integer(0), name) : null;
    }

    /// <summary>The key of a name, which is stored if it is new.</summary>
    public long Make(string name)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        connection.Prepare("INSERT INTO names (name) VALUES (?1)").Bind(name).Run();
        return Know(connection.LastKey, name);
    }

    /// <exception cref="InvalidDataException">There is no such key: the row that has it, or the table of names, is damaged.</exception>
    public string Of(long key)
    {
        if (names.TryGetValue(key, out var known))
        {
            return known;
        }

        using var row = connection.Prepare("SELECT name FROM names WHERE key = ?1").Bind(key);
        if (!row.Step())
        {
            throw new InvalidDataException($"No name has the key {key}.");
        }

        var name = row.Text(0);
        Know(key, name);
        return name;
    }

    /// <summary>After a transaction that may have made some was rolled back.</summary>
    public void Forget()
    {
        keys.Clear();
        names.Clear();
    }

    private long Know(long key, string name)
    {
        if (keys.Count >= MaxKnown)
        {
            Forget();
        }

        keys[name] = key;
        names[key] = name;
        return key;
    }
}
