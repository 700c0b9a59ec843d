using System.Diagnostics;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Studio;

/// <summary>A real provider of OpenID Connect as a process, where eng/oidc-provider.sh has installed it.</summary>
internal sealed class OidcProvider : IDisposable
{
    private readonly Process process;

    private OidcProvider(Process process, Uri issuer)
    {
        this.process = process;
        Issuer = issuer;
    }

    /// <summary>Why tests with it are skipped, or null.</summary>
    public static string? Missing { get; } =
        Repository.Root is not null && Directory.Exists(Path.Combine(Repository.Root, ".cache", "oidc", "node_modules", "oidc-provider"))
            ? null
            : "There is no provider of OpenID Connect: run eng/oidc-provider.sh install.";

    public Uri Issuer { get; }

    public static async Task<OidcProvider> StartAsync(Uri redirect)
    {
        var process = Process.Start(new ProcessStartInfo("/usr/bin/env")
        {
            ArgumentList = { "bash", Path.Combine(Repository.Root!, "eng", "oidc-provider.sh"), "run", redirect.ToString() },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var issuer = await process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException($"The provider did not start: {await process.StandardError.ReadToEndAsync(patience.Token)}");
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return new OidcProvider(process, new Uri(issuer));
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
