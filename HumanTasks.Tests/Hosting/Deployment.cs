using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>
/// What the whole-app suites talk to: a host of their own, or the deployment that HUMANTASKS_BASE_URL and
/// HUMANTASKS_API_KEY name.
/// </summary>
public class Deployment : IAsyncLifetime
{
    private HostProcess? host;

    /// <summary>Whether a deployment was named, which then has its own configuration and its own clock.</summary>
    public static bool IsForeign => BaseUrl is { Length: > 0 };

    public Uri Address { get; private protected set; } = null!;

    public ApiClient Api { get; private protected set; } = null!;

    /// <summary>Somebody without a key, as reviewers are.</summary>
    public ApiClient Anybody { get; private protected set; } = null!;

    private static string? BaseUrl => Environment.GetEnvironmentVariable("HUMANTASKS_BASE_URL");

    public virtual async Task InitializeAsync()
    {
        string key;
        if (IsForeign)
        {
            Address = new Uri(BaseUrl!);
            key = Environment.GetEnvironmentVariable("HUMANTASKS_API_KEY")
                ?? throw new InvalidOperationException("HUMANTASKS_BASE_URL is set, HUMANTASKS_API_KEY is not.");
        }
        else
        {
            host = await HostProcess.StartNewAsync(new HostSettings().With("HumanTasks:Limits:EmailsPerHour", "0"));
            Address = host.Address;
            key = host.ApiKey;
        }

        Api = new ApiClient(Address, key, checks: true);
        Anybody = new ApiClient(Address, checks: true);
    }

    public virtual async Task DisposeAsync()
    {
        Api.Dispose();
        Anybody.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
