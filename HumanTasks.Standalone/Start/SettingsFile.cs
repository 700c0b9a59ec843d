using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Standalone.Storage;
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
    private const string FirstKey = "first";

    /// <summary>The member that a first start makes; signs in by an address that the host prints.</summary>
    public const string Owner = "owner@localhost";

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <summary>
    /// Makes the file when there is none; answers the new API key, which is stored nowhere, or null. A first start that
    /// did not come to its end has shown its key to nobody: the next one makes another.
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

        // the demonstration's id first: a start that dies in between makes it again under the same id
        WritePrivate(Path.Combine(dataFolder, FirstStartFile), Ids.New(time.GetUtcNow()));
        WritePrivate(PathIn(dataFolder), settings.ToJsonString(Indented));
        return key;
    }

    /// <exception cref="OperatorException">The file is missing, empty or no JSON object: says what is wrong with it.</exception>
    public static void RequireReadable(string dataFolder) => ReadObject(PathIn(dataFolder));

    /// <summary>Puts a new API key with every scope in the place of the one of that name, if there is one; answers it.</summary>
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

    /// <summary>The run id of the demonstration while the first start is not finished, or null.</summary>
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

    /// <summary>The settings as they are.</summary>
    /// <exception cref="OperatorException">The file is empty or not JSON; says where.</exception>
    private static JsonObject ReadObject(string path)
    {
        // what has no bytes is not read: whoever reads a pipe waits for its writer
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
                    ? $"The settings {path} are missing or empty: restore the file from a backup."
                    : $"{path} is not valid JSON at line {problem.LineNumber + 1}, column {problem.BytePositionInLine + 1}.",
                problem);
        }
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
