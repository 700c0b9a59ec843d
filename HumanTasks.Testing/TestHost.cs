using System.Security.Cryptography;
using System.Text.Json.Nodes;
using HumanTasks.Client;

using HumanTasks.Standalone.Mail;
using HumanTasks.Standalone.Start;
using HumanTasks.Standalone.Storage;
using HumanTasks.Web.Mail;
using HumanTasks.Web.Configuration;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Testing;

/// <summary>
/// The embedded host inside the test process. It listens on a free loopback port, uses a temporary data folder that is deleted
/// with it, and runs on a clock that only the test moves. Emails are stored and can be read, but not sent.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DirectoryInfo folder;

    private TestHost(WebApplication app, DirectoryInfo folder, ManualTime clock, string apiKey)
    {
        this.app = app;
        this.folder = folder;
        Clock = clock;
        ApiKey = apiKey;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        Client = new HumanTasksClient(Address, apiKey);
    }

    /// <summary>The base address of the host.</summary>
    public Uri Address { get; }

    /// <summary>An API key of the environment <c>test</c> with all scopes.</summary>
    public string ApiKey { get; }

    public HumanTasksClient Client { get; }

    /// <summary>The clock of the host. Moving it forward triggers reminders, expirations and retries.</summary>
    public ManualTime Clock { get; }

    /// <summary>Starts a host.</summary>
    /// <param name="settings">
    /// Additional configuration, keys with <c>:</c> such as <c>HumanTasks:Models:0:Name</c>.
    /// </param>
    /// <param name="now">The initial time of the clock; the current time when null.</param>
    public static async Task<TestHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, DateTimeOffset? now = null)
    {
        var folder = Directory.CreateTempSubdirectory("humantasks-test-");
        var clock = new ManualTime(now ?? TimeProvider.System.GetUtcNow());
        var key = ApiKeys.New();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = Environments.Development,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanTasks:LinkKeys:0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["HumanTasks:Environments:0:Id"] = "test",
            ["HumanTasks:Environments:0:DisplayName"] = "Test",
            ["HumanTasks:ApiKeys:0:Name"] = "test",
            ["HumanTasks:ApiKeys:0:Environment"] = "test",
            ["HumanTasks:ApiKeys:0:Hash"] = ApiKeys.HashOf(key),
            ["HumanTasks:ApiKeys:0:Scopes:0"] = Scopes.Admin,
            ["HumanTasks:Limits:RefusalsPerMinute"] = "0",
            ["HumanTasks:Limits:ReviewRequestsPerMinute"] = "0",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(DataFolder.Open(Path.Combine(folder.FullName, "data")));
        builder.Services.AddSingleton(new StartSettings(folder.FullName, null, DatabaseMayBeEmpty: true));
        builder.AddEmbeddedHost();
        builder.Services.Remove(builder.Services.First(service => service.ImplementationType == typeof(Greeting)));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseHumanTasks();
        await app.StartAsync();
        var host = new TestHost(app, folder, clock, key);
        app.Services.GetRequiredService<Web.Settings.PublicBaseAddress>().FallBackTo(host.Address);
        return host;
    }

    /// <summary>Saves a rule set from JSON text: a list of actions or a whole rule set.</summary>
    public async Task SaveAsync(string name, string ruleSet)
    {
        var definition = JsonNode.Parse(ruleSet);
        await Client.SaveRuleSetAsync(name, definition as JsonObject ?? new JsonObject { ["actions"] = definition });
    }

    /// <summary>Returns all emails, newest first.</summary>
    public IReadOnlyList<TestMail> Mail() =>
    [
        .. app.Services.GetRequiredService<Outbox>().ListAsync(default).GetAwaiter().GetResult().Select(mail => new TestMail(mail.Email.To, mail.Email.Subject, MailBodies.PlainOf(mail.Email))),
    ];

    /// <summary>
    /// Waits for a pending task of a run and returns it. Throws if the run ends or creates none within about 20
    /// seconds.
    /// </summary>
    public async Task<TaskSummary> TaskOfAsync(string runId)
    {
        for (var tries = 0; ; tries++)
        {
            var run = await Client.GetRunAsync(runId);
            if (run.Tasks.LastOrDefault(task => task.Status == "pending") is { } task)
            {
                return task;
            }

            if (run.IsOver || tries > 2000)
            {
                throw new InvalidOperationException($"The run is {run.Status} and has no pending task: {run.Error?.Message ?? run.StatusReason}");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Creates a person with the given email address.</summary>
    public TestPerson Person(string address = "ada@example.com") => new(this, address);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
