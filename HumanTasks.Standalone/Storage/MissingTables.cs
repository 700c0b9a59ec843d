namespace HumanTasks.Standalone.Storage;

/// <summary>The tables, indexes and triggers that a database should have by its version and does not have.</summary>
internal static class MissingTables
{
    private const string All = "SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'";

    /// <summary>Names such as "table runs"; none for a database of this release that nobody changed.</summary>
    /// <param name="connection">To the database, of this release's version or an older one.</param>
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
