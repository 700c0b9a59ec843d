using System.Diagnostics;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>
/// The storage emulator that all tests of a run share: the one that HUMANTASKS_AZURITE gives the connection string of,
/// or one that is started from .cache/azurite, where eng/azurite.sh installs it.
/// </summary>
internal static class Azurite
{
    private const string Variable = "HUMANTASKS_AZURITE";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<string>> Running = new(StartAsync);

    /// <summary>Why the tests against it are skipped, or null.</summary>
    public static string? Missing { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }
        || (Repository.Root is not null && Directory.Exists(Installation(Repository.Root)))
            ? null
            : $"There is no storage emulator: run eng/azurite.sh install, or set {Variable} to a connection string.";

    public static Task<string> ConnectionStringAsync() => Running.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return given;
        }

        var process = Process.Start(new ProcessStartInfo("/usr/bin/env")
        {
            ArgumentList = { "bash", Path.Combine(Repository.Root!, "eng", "azurite.sh"), "run" },
            RedirectStandardOutput = true,
        })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill(entireProcessTree: true);

        using var tooLong = new CancellationTokenSource(Patience);
        var connectionString = await process.StandardOutput.ReadLineAsync(tooLong.Token)
            ?? throw new InvalidOperationException("Azurite did not start.");
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(tooLong.Token);
        }
        while (line is not null && !line.Contains("Table service is successfully listening", StringComparison.Ordinal));

        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // or it stops when the pipe is full
        return connectionString;
    }

    private static string Installation(string root) => Path.Combine(root, ".cache", "azurite", "node_modules", "azurite");
}
