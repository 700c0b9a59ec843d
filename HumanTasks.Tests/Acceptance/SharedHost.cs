using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A host with several environments and keys, small limits and a public address of its own.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public const string PublicAddress = "https://tasks.example.com/office";

    private const string AdaKey = "ht_ada-ada-ada-ada-ada-ada-ada-ada-ada-ada-adaa";
    private const string FreeKey = "ht_free-free-free-free-free-free-free-free-fre";
    private const string OnlyTasksKey = "ht_tasks-tasks-tasks-tasks-tasks-tasks-tasks-t";
    private const string OnlyRunsKey = "ht_runs-runs-runs-runs-runs-runs-runs-runs-run";
    private const string NoTasksKey = "ht_none-none-none-none-none-none-none-none-non";

    private HostProcess? host;

    public ApiClient First { get; private set; } = null!;

    public ApiClient Ada { get; private set; } = null!;

    /// <summary>Two runs a month.</summary>
    public ApiClient Free { get; private set; } = null!;

    public ApiClient OnlyTasks { get; private set; } = null!;

    public ApiClient OnlyRuns { get; private set; } = null!;

    /// <summary>Of an environment without human tasks, whose runs stay available for two hours.</summary>
    public ApiClient NoTasks { get; private set; } = null!;

    public ApiClient Anybody { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Deployment.IsForeign)
        {
            return;
        }

        host = await HostProcess.StartNewAsync(new HostSettings()
            .With("HumanTasks:PublicBaseAddress", PublicAddress)
            .With("HumanTasks:Limits:MaxBodyBytes", "20000")
            .With("HumanTasks:Limits:MaxUploadBytes", "30000")
            .With("HumanTasks:Limits:MaxSubmissionBytes", "50000")
            .WithEnvironment(1, "ada", ("DisplayName", "Ada's office"))
            .WithEnvironment(2, "free", ("Tier", "Free"), ("MonthlyRunAllowance", "2"))
            .WithEnvironment(3, "no-tasks", ("HumanTasks", "false"), ("RunRetentionHours", "2"))
            .WithKey(1, "ada", AdaKey, "admin")
            .WithKey(2, "free", FreeKey, "runs", "tasks", "rule-sets")
            .WithKey(3, "ada", OnlyTasksKey, "tasks")
            .WithKey(4, "ada", OnlyRunsKey, "runs")
            .WithKey(5, "no-tasks", NoTasksKey, "admin"));
        First = new ApiClient(host.Address, host.ApiKey);
        Ada = new ApiClient(host.Address, AdaKey);
        Free = new ApiClient(host.Address, FreeKey);
        OnlyTasks = new ApiClient(host.Address, OnlyTasksKey);
        OnlyRuns = new ApiClient(host.Address, OnlyRunsKey);
        NoTasks = new ApiClient(host.Address, NoTasksKey);
        Anybody = new ApiClient(host.Address);
    }

    public async Task DisposeAsync()
    {
        foreach (var client in new[] { First, Ada, Free, OnlyTasks, OnlyRuns, NoTasks, Anybody })
        {
            client?.Dispose();
        }

        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
