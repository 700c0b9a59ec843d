using System.Text.Json.Nodes;
using HumanTasks.Standalone.Start.Verify;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone.Start;

/// <summary>
/// The commands that the host runs instead of serving: <c>--check</c>, <c>--backup FOLDER</c> (also while another
/// process serves the data folder), <c>--restore FOLDER</c> (into a data folder without a database) and <c>verify</c>,
/// which checks receipts. Paths are relative to the caller's folder.
/// </summary>
internal static class Maintenance
{
    private const string Manifest = "backup.json";

    /// <summary>Runs the command and returns its exit code, or null when the command line has none of these.</summary>
    public static async Task<int?> RunAsync(string[] args, IConfiguration configuration)
    {
        Private.ByDefault();
        var folder = HostSettings.DataFolderOf(configuration);
        var standing = Path.GetFullPath(configuration["called-from"] ?? ".");
        if (args.Contains("--check"))
        {
            return await CheckAsync(folder);
        }

        if (configuration["backup"] is { Length: > 0 } target)
        {
            await BackUpAsync(folder, Path.GetFullPath(target, standing));
            return 0;
        }

        if (configuration["restore"] is { Length: > 0 } source)
        {
            await RestoreAsync(folder, Path.GetFullPath(source, standing));
            return 0;
        }

        if (Array.IndexOf(args, "verify") is >= 0 and var verify)
        {
            return await ReceiptCheck.RunAsync(args[(verify + 1)..], standing);
        }

        return args.Contains("--backup") || args.Contains("--restore")
            ? throw new OperatorException("--backup and --restore need a folder: --backup FOLDER, --restore FOLDER.")
            : null;
    }

    private static string ExistingWithBytes(string folder) =>
        Existing(folder) is var database && new FileInfo(database).Length == 0 ? throw EmptiedDatabase.Refusal(database) : database;

    private static async Task<int> CheckAsync(string folder)
    {
        var database = ExistingWithBytes(folder);
        var problems = Look(database);
        await Console.Out.WriteLineAsync(problems.Count == 0
            ? $"The database {database} is intact."
            : $"""
               The database {database} is damaged:
                 {string.Join("\n  ", problems)}
               What to do: stop the host, keep a copy of the folder {folder}, and restore the newest backup into an empty data
               folder with --restore FOLDER. Without a backup, save what is still readable:
                 sqlite3 {database} .recover | sqlite3 recovered.db
               Then replace humantasks.db with recovered.db. Until then, lists skip unreadable rows.
               """);
        return problems.Count == 0 ? 0 : 1;
    }

    private static List<string> Look(string database)
    {
        try
        {
            using var connection = Connection.OpenToRead(database);
            using var row = connection.Prepare("PRAGMA quick_check(20)");
            List<string> found = [];
            while (row.Step())
            {
                found.Add(row.Text(0));
            }

            if (found is not ["ok"])
            {
                return found;
            }

            return Schema.ReadVersion(connection) switch
            {
                0 => ["it has no HumanTasks tables."],
                var version when version > Schema.Newest => [], // only a newer release knows its tables
                _ => [.. MissingTables.In(connection).Select(name => $"the {name} is missing.")],
            };
        }
        catch (Exception problem) when (problem is IOException or Microsoft.Data.Sqlite.SqliteException or Core.Ports.StorageUnavailableException)
        {
            return [problem.Message];
        }
    }

    /// <summary>
    /// Copies a snapshot of the database, then the files beside it. An upload is stored before its response, so every
    /// file that the snapshot names is copied, unless its run was deleted meanwhile.
    /// </summary>
    private static async Task BackUpAsync(string folder, string target)
    {
        var database = ExistingWithBytes(folder);
        RequireEmpty(target);
        var beside = target.TrimEnd(Path.DirectorySeparatorChar) + ".unfinished";
        if (Directory.Exists(beside))
        {
            Directory.Delete(beside, recursive: true);
        }

        Private.CreateFolder(beside);
        try
        {
            using (var connection = Connection.OpenToCopy(database))
            {
                connection.CopyInto(DataFolder.DatabaseIn(beside));
            }

            File.Copy(SettingsFile.PathIn(folder), SettingsFile.PathIn(beside));
            foreach (var part in new[] { "keys", "files" })
            {
                FolderCopy.Make(Path.Combine(folder, part), Path.Combine(beside, part));
            }

            await File.WriteAllTextAsync(Path.Combine(beside, Manifest), new JsonObject
            {
                ["madeAt"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"),
                ["schema"] = Schema.Newest,
                ["of"] = folder,
            }.ToJsonString());
            Private.Tighten(beside);
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(beside, target);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException
            or Core.Ports.StorageUnavailableException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new OperatorException($"Backup to {target} failed. Delete the incomplete folder {beside}. {problem.Message}", problem);
        }

        await Console.Out.WriteLineAsync(
            $"Backed up {folder} to {target}. It contains link keys and all responses. Store it securely.");
    }

    private static async Task RestoreAsync(string folder, string source)
    {
        FolderCopy.RefuseLinks(source);
        var database = Existing(source);
        if ((new FileInfo(database).Length == 0 ? ["its database is empty."] : Look(database)) is [var problem, ..])
        {
            throw new OperatorException($"The backup {source} is damaged: {problem}");
        }

        if (File.Exists(DataFolder.DatabaseIn(folder)) || File.Exists(SettingsFile.PathIn(folder)))
        {
            throw new OperatorException(
                $"The data folder {folder} already has an installation. Move it, or choose an empty folder with "
                + "HumanTasks__DataFolder.");
        }

        SettingsFile.RequireReadable(source);
        Restoring.Into(folder, source, Manifest);
        await Console.Out.WriteLineAsync($"Restored {source} into {folder}. Start the host as usual.");
    }

    private static string Existing(string folder)
    {
        var database = DataFolder.DatabaseIn(folder);
        return File.Exists(database)
            ? database
            : throw new OperatorException($"No database in {folder}: {database} doesn't exist.");
    }

    private static void RequireEmpty(string target)
    {
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new OperatorException($"The folder {target} is not empty. Choose an empty folder for the backup.");
        }
    }
}
