using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>
/// A host with members of every role in one environment, somebody in another one, and one where human tasks are not enabled.
/// </summary>
public class StudioHost : IAsyncLifetime
{
    public const string Elsewhere = "elsewhere";
    public const string Bare = "bare";

    private const string ElsewhereKey = "ht_elsewhere-elsewhere-elsewhere-elsewhere-ab";
    private const string BareKey = "ht_bare-bare-bare-bare-bare-bare-bare-bare-bar";

    private readonly Dictionary<string, MemberClient> members = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>The process; there is none where the host is another one.</summary>
    public HostProcess Host { get; private set; } = null!;

    public ApiClient Api { get; private set; } = null!;

    public ApiClient Anybody { get; private set; } = null!;

    public ApiClient ApiElsewhere { get; private set; } = null!;

    public ApiClient ApiBare { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public static HostSettings Settings { get; } = new HostSettings()
        .WithMember(0, 0, "owner@example.com", "Olga Owner", "Owner")
        .WithMember(0, 1, "editor@example.com", "Ed Editor", "Editor")
        .WithMember(0, 2, "responder@example.com", "Rita Responder", "Responder")
        .WithMember(0, 3, "viewer@example.com", "Vic Viewer", "Viewer")
        .WithMember(0, 4, "walker@example.com", "Wanda Walker", "Owner")
        .WithMember(0, 5, "reader@example.com", "Rob Reader", "Editor")
        .WithEnvironment(1, Elsewhere, ("DisplayName", "Elsewhere"))
        .WithMember(1, 0, "stranger@example.com", "Sam Stranger", "Owner")
        .WithMember(1, 1, "owner@example.com", "Olga Owner", "Viewer")
        .WithEnvironment(2, Bare, ("DisplayName", "Bare"), ("HumanTasks", "false"))
        .WithMember(2, 0, "bare@example.com", "Barbara Bare", "Owner")
        .WithKey(1, Elsewhere, ElsewhereKey, "admin")
        .WithKey(2, Bare, BareKey, "admin")
        .With("HumanTasks:Limits:RefusalsPerMinute", "0")
        .With("HumanTasks:Limits:EmailsPerHour", "0");

    /// <summary>How this one is configured.</summary>
    private protected virtual HostSettings Own => Settings;

    public async Task InitializeAsync()
    {
        if (OwnHost.SkipReason is not null)
        {
            return;
        }

        (Address, var key) = await StartAsync();
        Api = new ApiClient(Address, key);
        Anybody = new ApiClient(Address);
        ApiElsewhere = new ApiClient(Address, ElsewhereKey);
        ApiBare = new ApiClient(Address, BareKey);
    }

    /// <summary>Starts the host; answers where it is and a key of every scope.</summary>
    private protected virtual async Task<(Uri Address, string Key)> StartAsync()
    {
        Host = await HostProcess.StartNewAsync(Own);
        return (Host.Address, Host.ApiKey);
    }

    public virtual async Task DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }
    }

    /// <summary>A member who signed in once, by a code; the same for who asks again.</summary>
    public async Task<MemberClient> AsAsync(string name)
    {
        await gate.WaitAsync();
        try
        {
            return members.TryGetValue(name, out var known)
                ? known
                : members[name] = await MemberClient.SignInAsync(Address, $"{name}@example.com");
        }
        finally
        {
            gate.Release();
        }
    }
}
