namespace HumanTasks.Standalone.Storage;

/// <summary>
/// The names of environments and rule sets, each stored once. Names are never deleted or changed, so a connection asks
/// the table once for each and keeps the result.
/// </summary>
internal sealed class Names(Connection connection)
{
    /// <summary>The number of names kept in memory; others are read each time.</summary>
    private const int MaxKnown = 10_000;

    private readonly Dictionary<string, long> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> names = [];

    /// <summary>Returns the key of a name, or null when it is not stored.</summary>
    public long? Find(string name)
    {
        if (keys.TryGetValue(name, out var known))
        {
            return known;
        }

        using var row = connection.Prepare("SELECT key FROM names WHERE name = ?1").Bind(name);
        return row.Step() ? Know(row.Integer(0), name) : null;
    }

    /// <summary>Returns the key of a name, storing the name if it is new.</summary>
    public long Make(string name)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        connection.Prepare("INSERT INTO names (name) VALUES (?1)").Bind(name).Run();
        return Know(connection.LastKey, name);
    }

    /// <exception cref="InvalidDataException">
    /// The key does not exist: the row that has it, or the table of names, is damaged.
    /// </exception>
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

    /// <summary>Forgets all keys after the rollback of a transaction that may have created some.</summary>
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
