using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Standalone.Storage;
using HumanTasks.Web.Security;

namespace HumanTasks.Standalone.Start;

/// <summary>
/// The configuration that the first start creates, <c>settings.json</c> in the data folder: link keys, one environment
/// and the hash of one API key. Only its owner can read it. Any other configuration source overrides it.
/// </summary>
internal static class SettingsFile
{
    private const string FileName = "settings.json";
    private const string FirstStartFile = "first-start";
    private const string Environment = "default";
    private const string FirstKey = "first";

    /// <summary>The member that a first start creates. Signs in by an address that the host prints.</summary>
    public const string Owner = "owner@localhost";

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <summary>
    /// Creates the file if it is missing. Returns the new API key, which is stored nowhere, or null. An interrupted
    /// first start showed its key to nobody, so the next start creates another.
    /// </summary>
    public static string? EnsureIn(string dataFolder, TimeProvider time)
    {
        if (File.Exists(PathIn(dataFolder)))
        {
            RequireReadable(dataFolder);
            return DemonstrationRunId(dataFolder) is null ? null : ReplaceKey(dataFolder, FirstKey, Environment);
        }

        var key = ApiKeys.New();
        var settings = new JsonObject
        {
            ["HumanTasks"] = new JsonObject
            {
                ["LinkKeys"] = new JsonArray(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
                ["Environments"] = new JsonArray(new JsonObject
                {
                    ["Id"] = Environment,
                    ["DisplayName"] = "HumanTasks",
                    ["Tier"] = "Dedicated",
                    ["RunRetentionHours"] = 720,
                    ["HumanTasks"] = true,
                    ["Members"] = new JsonArray(new JsonObject
                    {
                        ["Address"] = Owner,
                        ["Name"] = "Owner",
                        ["Role"] = "Owner",
                    }),
                }),
                ["ApiKeys"] = new JsonArray(KeyEntry(key, FirstKey, Environment)),
            },
        };

        // the demonstration's ID first, so that the start after an interrupted one reuses it
        WritePrivate(Path.Combine(dataFolder, FirstStartFile), Ids.New(time.GetUtcNow()));
        WritePrivate(PathIn(dataFolder), settings.ToJsonString(Indented));
        return key;
    }

    /// <exception cref="OperatorException">
    /// The file is missing, empty or not a JSON object; the message says which.
    /// </exception>
    public static void RequireReadable(string dataFolder) => ReadObject(PathIn(dataFolder));

    /// <summary>Creates an API key with every scope, replacing any key of that name, and returns it.</summary>
    public static string ReplaceKey(string dataFolder, string name, string environment)
    {
        var path = PathIn(dataFolder);
        var settings = ReadObject(path);
        var section = settings["HumanTasks"] as JsonObject
            ?? throw new OperatorException($"{path} has no HumanTasks section. Restore it from a backup.");
        var keys = section["ApiKeys"] as JsonArray ?? [];
        var key = ApiKeys.New();
        section["ApiKeys"] = new JsonArray(
        [
            .. keys.Where(entry => entry?["Name"]?.GetValue<string>() != name).Select(entry => entry?.DeepClone()),
            KeyEntry(key, name, environment),
        ]);
        WritePrivate(path, settings.ToJsonString(Indented));
        return key;
    }

    /// <summary>Returns the run ID of the demonstration until the first start is complete, then null.</summary>
    public static string? DemonstrationRunId(string dataFolder) =>
        File.Exists(Path.Combine(dataFolder, FirstStartFile))
            ? File.ReadAllText(Path.Combine(dataFolder, FirstStartFile)).Trim()
            : null;

    public static void FinishFirstStart(string dataFolder) => File.Delete(Path.Combine(dataFolder, FirstStartFile));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static JsonObject KeyEntry(string key, string name, string environment) => new()
    {
        ["Name"] = name,
        ["Environment"] = environment,
        ["Hash"] = ApiKeys.HashOf(key),
        ["Scopes"] = new JsonArray([.. Scopes.All.Select(scope => (JsonNode)scope)]),
    };

    /// <summary>Reads the settings without other sources.</summary>
    /// <exception cref="OperatorException">The file is empty or not JSON; the message says where.</exception>
    private static JsonObject ReadObject(string path)
    {
        // do not read a file of length 0: it may be a pipe, and reading a pipe waits for its writer
        var text = new FileInfo(path) is { Exists: true, Length: > 0 } ? File.ReadAllText(path) : "";
        try
        {
            return JsonNode.Parse(text) as JsonObject
                ?? throw new OperatorException($"{path} is not a JSON object. Restore it from a backup.");
        }
        catch (JsonException problem)
        {
            throw new OperatorException(
                string.IsNullOrWhiteSpace(text)
                    ? $"The settings file {path} is missing or empty. Restore it from a backup."
                    : $"{path} is not valid JSON at line {problem.LineNumber + 1}, column {problem.BytePositionInLine + 1}.",
                problem);
        }
    }

    // written to a temporary file and renamed, so that a crash leaves either the old file or the new one
    private static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var beside = path + ".new";
        using (var file = new FileStream(beside, options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
