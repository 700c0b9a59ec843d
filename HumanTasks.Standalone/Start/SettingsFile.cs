using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Web.Security;

namespace HumanTasks.Standalone.Start;

/// <summary>
/// The configuration that the first start makes, <c>settings.json</c> in the data folder: link keys, one environment, one
/// API key (its hash). Only the owner can read it. Everything in it can be overridden by the usual configuration.
/// </summary>
internal static class SettingsFile
{
    private const string FileName = "settings.json";
    private const string FirstStartFile = "first-start";
    private const string Environment = "default";

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <summary>Makes the file when there is none; answers the new API key, which is stored nowhere, or null.</summary>
    public static string? EnsureIn(string dataFolder, TimeProvider time)
    {
        CreatePrivateFolder(dataFolder);
        if (File.Exists(PathIn(dataFolder)))
        {
            return null;
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
                }),
                ["ApiKeys"] = new JsonArray(KeyEntry(key, "first")),
            },
        };

        // the demonstration's id first: a start that dies in between makes it again under the same id
        WritePrivate(Path.Combine(dataFolder, FirstStartFile), Ids.New(time.GetUtcNow()));
        WritePrivate(PathIn(dataFolder), settings.ToJsonString(Indented));
        return key;
    }

    /// <summary>Adds an API key for an environment with every scope; answers it.</summary>
    public static string AddApiKey(string dataFolder, string environment)
    {
        var path = PathIn(dataFolder);
        var settings = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var section = settings["HumanTasks"]!.AsObject();
        if (section["ApiKeys"] is not JsonArray keys)
        {
            section["ApiKeys"] = keys = [];
        }

        var key = ApiKeys.New();
        var entry = KeyEntry(key, "added");
        entry["Environment"] = environment;
        keys.Add(entry);
        WritePrivate(path, settings.ToJsonString(Indented));
        return key;
    }

    /// <summary>The run id of the demonstration while the first start is not finished, or null.</summary>
    public static string? DemonstrationRunId(string dataFolder) =>
        File.Exists(Path.Combine(dataFolder, FirstStartFile))
            ? File.ReadAllText(Path.Combine(dataFolder, FirstStartFile)).Trim()
            : null;

    public static void FinishFirstStart(string dataFolder) => File.Delete(Path.Combine(dataFolder, FirstStartFile));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static JsonObject KeyEntry(string key, string name) => new()
    {
        ["Name"] = name,
        ["Environment"] = Environment,
        ["Hash"] = ApiKeys.HashOf(key),
        ["Scopes"] = new JsonArray([.. Scopes.All.Select(scope => (JsonNode)scope)]),
    };

    private static void CreatePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // written beside and renamed, so that a crash leaves the old file or the new one
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
