namespace HumanTasks.Standalone.Storage;

/// <summary>
/// A database that is gone or empty beside an installation that has been: begun anew it would hide that everything is lost,
/// and every link that was sent would be dead.
/// </summary>
internal static class EmptiedDatabase
{
    /// <summary>The switch with which somebody says that they want it.</summary>
    public const string NewDatabase = "--new-database";

    /// <summary>Refuses a data folder whose database is missing or has no bytes.</summary>
    public static void Refuse(DataFolder folder)
    {
        var file = new FileInfo(folder.Database);
        if (file.Exists ? file.Length == 0 : HoldsSomething(folder.Keys) || HoldsSomething(folder.Files))
        {
            throw Refusal(folder.Database);
        }
    }

    public static OperatorException Refusal(string database) => new(
        $"The database {database} is {(File.Exists(database) ? "empty" : "missing")}, and there are settings, keys or files of an installation beside it. "
        + $"Restore a backup into an empty data folder with --restore FOLDER, or start once with {NewDatabase} to begin without any of its runs.");

    private static bool HoldsSomething(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}
