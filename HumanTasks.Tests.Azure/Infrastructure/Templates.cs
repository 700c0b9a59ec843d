using System.Diagnostics;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Functions.Infrastructure;

/// <summary>The templates in infra, evaluated by the genuine compiler that eng/bicep.sh installs.</summary>
internal static class Templates
{
    /// <summary>Why tests with it are skipped, or null.</summary>
    public static string? Missing { get; } =
        Repository.Root is not null && Directory.Exists(Path.Combine(Repository.Root, ".cache", "bicep"))
            ? null
            : "There is no compiler of Bicep: run eng/bicep.sh install.";

    /// <summary>The resources of a deployment with these parameters, as far as they are known before it.</summary>
    public static async Task<IReadOnlyList<JsonNode>> DeployAsync(JsonObject parameters)
    {
        var folder = Directory.CreateTempSubdirectory("humantasks-bicep");
        try
        {
            var main = Path.GetRelativePath(folder.FullName, Path.Combine(Repository.Root!, "infra", "main.bicep"));
            var lines = new List<string> { $"using '{main.Replace('\\', '/')}'" };
            foreach (var (name, value) in parameters)
            {
                lines.Add($"param {name} = json({Literal(value!.ToJsonString())})");
            }

            await File.WriteAllLinesAsync(Path.Combine(folder.FullName, "test.bicepparam"), lines);
            await RunAsync(
                "snapshot",
                Path.Combine(folder.FullName, "test.bicepparam"),
                "--mode", "overwrite",
                "--subscription-id", Guid.Empty.ToString(),
                "--location", "westeurope");
            var snapshot = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "test.snapshot.json")))!;
            return [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The app settings that a deployment with these parameters leaves, all of them.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> AppSettingsAsync(JsonObject parameters)
    {
        var resources = await DeployAsync(parameters);
        var settings = resources.Single(resource => resource["type"]!.GetValue<string>() == "Microsoft.Web/sites/config");
        return settings["properties"]!.AsObject().ToDictionary(
            setting => setting.Key, setting => setting.Value!.GetValue<string>(), StringComparer.OrdinalIgnoreCase);
    }

    private static string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal)}'";

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/env", ["bash", Path.Combine(Repository.Root!, "eng", "bicep.sh"), "run", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Concat(said));
    }
}
