namespace HumanTasks.Standalone.Storage;

/// <summary>Finds tables, indexes and triggers that a database of its version should have but lacks.</summary>
internal static class MissingTables
{
    private const string All = "SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'";

    /// <summary>Returns names such as "table runs"; none for an unmodified database.</summary>
    /// <param name="connection">A connection to a database of this release's version or an older one.</param>
    public static IReadOnlyList<string> In(Connection connection)
    {
        using var whole = Connection.OpenInMemory();
        foreach (var migration in Schema.Upto(Schema.ReadVersion(connection)))
        {
            whole.Execute(migration);
        }

        return [.. Names(whole).Except(Names(connection), StringComparer.Ordinal)];
    }

    private static List<string> Names(Connection connection)
    {
        using var row = connection.Prepare(All);
        List<string> names = [];
        while (row.Step())
        {
            names.Add(row.Text(0));
        }

        return names;
    }
}
