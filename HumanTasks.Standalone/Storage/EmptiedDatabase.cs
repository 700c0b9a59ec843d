namespace HumanTasks.Standalone.Storage;

/// <summary>
/// The refusal of a database that is missing or empty although the installation had stored data. Starting with a new
/// one would hide the loss, and no link that was sent would work.
/// </summary>
internal static class EmptiedDatabase
{
    /// <summary>The switch that allows a new database anyway.</summary>
    public const string NewDatabase = "--new-database";

    /// <summary>Throws for a data folder whose database is missing or has no bytes.</summary>
    public static void Refuse(DataFolder folder)
    {
        var file = new FileInfo(folder.Database);
        if (file.Exists ? file.Length == 0 : HoldsSomething(folder.Keys) || HoldsSomething(folder.Files))
        {
            throw Refusal(folder.Database);
        }
    }

    public static OperatorException Refusal(string database) => new(
        $"The database {database} is {(File.Exists(database) ? "empty" : "missing")}, but its folder contains settings, keys or files of an installation. "
        + $"Restore a backup into an empty data folder with --restore FOLDER, or start once with {NewDatabase} to create an empty database without the earlier runs.");

    private static bool HoldsSomething(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}
