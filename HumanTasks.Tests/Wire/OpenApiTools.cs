using System.Diagnostics;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Wire;

/// <summary>Linters and generators of clients, where eng/openapi.sh has installed them.</summary>
internal static class OpenApiTools
{
    private static readonly string? Folder = Repository.Root is { } root ? Path.Combine(root, ".cache", "openapi") : null;

    /// <summary>Why tests with what npm brings are skipped, or null.</summary>
    public static string? Missing { get; } = Folder is not null && File.Exists(Path.Combine(Folder, "installed-1"))
        ? null
        : "The OpenAPI tools are not there: run eng/openapi.sh install.";

    /// <summary>Why tests with Kiota are skipped, or null.</summary>
    public static string? MissingKiota { get; } = Missing is null && File.Exists(Path.Combine(Folder!, "kiota", "kiota"))
        ? null
        : "Kiota is not there: run eng/openapi.sh install.";

    /// <summary>Runs the script and fails with what it says.</summary>
    public static async Task RunAsync(string command, string document, params string[] more)
    {
        var file = Path.Combine(Path.GetTempPath(), $"openapi-{Path.GetRandomFileName()}.json");
        await File.WriteAllTextAsync(file, document);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/usr/bin/env", ["bash", Path.Combine(Repository.Root!, "eng", "openapi.sh"), command, file, .. more])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{await said}{await complained}");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
