using Microsoft.Extensions.Configuration;

namespace HumanTasks.Functions.Hosting;

/// <summary>
/// Reads this app's address from the platform's settings: a host in Azure, with a port from the Core Tools.
/// </summary>
internal static class OwnAddress
{
    public static Uri? Of(IConfiguration configuration) =>
        configuration["WEBSITE_HOSTNAME"] is { Length: > 0 } host
        && Uri.TryCreate($"{Scheme(host)}://{host}", UriKind.Absolute, out var address)
            ? address
            : null;

    private static string Scheme(string host) => host.Contains(':', StringComparison.Ordinal) ? "http" : "https";
}
