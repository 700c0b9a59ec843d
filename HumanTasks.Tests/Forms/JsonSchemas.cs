using System.Diagnostics;
using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Forms;

/// <summary>A validator of JSON Schema in its strict mode, where eng/schemas.sh has installed it.</summary>
internal static class JsonSchemas
{
    private static readonly string? Root = FindRoot(AppContext.BaseDirectory);

    /// <summary>Why tests with it are skipped, or null.</summary>
    public static string? Missing { get; } = Root is not null && Directory.Exists(Path.Combine(Root, ".cache", "ajv", "node_modules", "ajv-formats"))
        ? null
        : "ajv is not there: run eng/schemas.sh install.";

    /// <summary>For each schema why it is refused, or whether each of its values is valid.</summary>
    public static async Task<IReadOnlyList<(string? Error, bool[] Valid)>> CheckAsync(IReadOnlyList<(JsonObject Schema, JsonNode[] Values)> cases)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/env")
        {
            ArgumentList = { "bash", Path.Combine(Root!, "eng", "schemas.sh"), "check" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var lines = process.StandardOutput.ReadToEndAsync();
        foreach (var (schema, values) in cases)
        {
            await process.StandardInput.WriteLineAsync(new JsonObject
            {
                ["schema"] = schema.DeepClone(),
                ["values"] = new JsonArray([.. values.Select(value => value.DeepClone())]),
            }.ToJsonString());
        }

        process.StandardInput.Close();
        var answers = (await lines).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.Equal(cases.Count, answers.Length);
        return [.. answers.Select(answer => JsonNode.Parse(answer)!).Select(answer =>
            ((string?)answer["error"], answer["valid"]!.AsArray().Select(valid => (bool)valid!).ToArray()))];
    }

    private static string? FindRoot(string? folder) =>
        folder is null || File.Exists(Path.Combine(folder, "HumanTasks.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder));
}
