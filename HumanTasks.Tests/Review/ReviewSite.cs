using System.Globalization;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Standalone.Storage;
using HumanTasks.Tests.Runs;
using HumanTasks.Web.Assets;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Review;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests.Review;

/// <summary>The pages of review links over the whole core, and a browser that speaks HTTP and nothing more.</summary>
internal sealed partial class ReviewSite : IAsyncDisposable
{
    private readonly EngineHarness harness = new();
    private readonly string folder = Directory.CreateTempSubdirectory("humantasks-review-").FullName;
    private readonly WebApplication app;
    private readonly HttpClient client;
    private readonly Dictionary<string, string> cookies = [];

    public ReviewSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        Files = new BreakableFiles(new FolderFileStore(folder));
        builder.Services
            .AddSingleton<TimeProvider>(harness.Time)
            .AddSingleton<IRunStore>(harness.Store)
            .AddSingleton<IRunHost>(Signals)
            .AddSingleton<IFileStore>(Files)
            .AddSingleton(harness.Tokens)
            .AddSingleton(harness.Tasks)
            .AddSingleton(new EnvironmentCatalog([harness.Environment]))
            .AddSingleton(Limits)
            .AddSingleton<RequestLimits>()
            .AddSingleton(harness.Documents)
            .AddSingleton(harness.LinkKeys)
            .AddSingleton<TaskJournal>()
            .AddSingleton<OneTimeCodes>()
            .AddSingleton<IEmailSender>(harness.Mail)
            .AddSingleton(harness.Watch)
            .AddSingleton<MailDelivery>()
            .AddSingleton<CodeMail>()
            .AddHostedService(provider => provider.GetRequiredService<CodeMail>())
            .AddSingleton(new NoticeWriter(NoticeTemplates.None))
            .AddSingleton<Brands>()
            .AddSingleton(new PublicBaseAddress(new HumanTasksOptions()))
            .AddReview()
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        app = builder.Build();
        app.Use(RequestLanguage.InvokeAsync);
        app.MapReview();
        app.MapAssets();
        app.StartAsync().GetAwaiter().GetResult();
        client = app.GetTestClient();
    }

    public EngineHarness Harness => harness;

    public LimitOptions Limits { get; } = new() { MaxUploadBytes = 2000, MaxSubmissionBytes = 10_000, MaxBodyBytes = 5000 };

    /// <summary>Whether a form is sent by a browser without scripts, which says that it navigates.</summary>
    public bool Navigates { get; set; }

    /// <summary>What the browser understands; nothing is said of it when null.</summary>
    public string? Accepts { get; set; }

    public BreakableFiles Files { get; }

    public SignalLog Signals { get; } = new();

    /// <summary>A paused human intervention with these fields; answers the path of its link.</summary>
    public Task<string> AskAsync(string fields, string more = "") => AskFormAsync($$"""{ "fields": {{fields}} }""", more);

    /// <summary>The same with a whole form.</summary>
    public async Task<string> AskFormAsync(string form, string more = "", string context = """{ "invoice": { "number": "2026-118" } }""")
    {
        await harness.SaveAsync("after", """[{ "type": "http", "name": "noted", "method": "POST", "url": "https://api.example/seen" }]""");
        await harness.SaveAsync("ask", $$"""
            [{ "type": "humanIntervention", "name": "ask", "title": "Approve it", "continuation": { "ruleSet": "after" },
               "form": {{form}} {{more}} }]
            """);
        var run = await harness.StartAsync("ask", context);
        return PathOf(run, "ask");
    }

    /// <summary>A paused human task, which can be declined.</summary>
    public async Task<string> AssignAsync()
    {
        await harness.SaveAsync("assign", """
            [{ "type": "humanTask", "name": "assigned", "assignee": "kim@example.com", "title": "Look at it", "allowReject": true,
               "form": { "fields": [{ "name": "note", "type": "text", "label": "Note", "required": true }] } }]
            """);
        var run = await harness.StartAsync("assign");
        var path = $"/task/{harness.Tokens.Sign(new LinkClaim(run.Id, "assigned", 0))}";
        await VerifyAsync(path);
        return path;
    }

    /// <summary>Asks for a code, and types the one that was mailed.</summary>
    public async Task VerifyAsync(string path)
    {
        Assert.Equal(System.Net.HttpStatusCode.Accepted, (await JsonAsync(HttpMethod.Post, $"{path}/code")).StatusCode);
        var code = await harness.Mail.CodeAsync();
        Assert.Equal(
            System.Net.HttpStatusCode.NoContent,
            (await JsonAsync(HttpMethod.Post, $"{path}/verify", $$"""{ "code": "{{code}}" }""")).StatusCode);
    }

    public string PathOf(Run run, string action) =>
        $"/review/{harness.Tokens.Sign(new LinkClaim(run.Id, action, 0))}";

    public async Task<HumanTask> TaskOfAsync(string path) =>
        await harness.Store.FindTaskAsync(harness.Tokens.Verify(path[(path.LastIndexOf('/') + 1)..])!.TaskId, default)
        ?? throw new InvalidOperationException(path);

    public static async Task<IHtmlDocument> ReadPageAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }

    public static async Task<JsonObject> ReadJsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    public static async Task<string> SlugOfAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await ReadJsonAsync(response);
        Assert.Equal((int)response.StatusCode, problem["status"]!.GetValue<int>());
        return problem["type"]!.GetValue<string>()["urn:humantasks:problem:".Length..];
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        harness.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    internal sealed class SignalLog : IRunHost
    {
        public List<string> Woken { get; } = [];

        public Task StartAsync(Run run, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken)
        {
            Woken.Add(string.Create(CultureInfo.InvariantCulture, $"{signal} {runId}"));
            return Task.CompletedTask;
        }

        public Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken) => Task.CompletedTask;

        public IRunWatch Watch(string runId) => throw new NotSupportedException();
    }

    internal sealed class BreakableFiles(IFileStore files) : IFileStore
    {
        public bool Breaks { get; set; }

        public List<FileKey> Saved { get; } = [];

        public List<FileKey> Deleted { get; } = [];

        public async Task<StoredFile> SaveAsync(FileKey key, Stream content, CancellationToken cancellationToken)
        {
            if (Breaks)
            {
                throw new InvalidOperationException("The disk is full.");
            }

            var stored = await files.SaveAsync(key, content, cancellationToken);
            Saved.Add(key);
            return stored;
        }

        public Task<Stream?> OpenAsync(FileKey key, CancellationToken cancellationToken) =>
            files.OpenAsync(key, cancellationToken);

        public Task DeleteAsync(FileKey key, CancellationToken cancellationToken)
        {
            Deleted.Add(key);
            return files.DeleteAsync(key, cancellationToken);
        }

        public Task DeleteOfRunAsync(string runId, CancellationToken cancellationToken) =>
            files.DeleteOfRunAsync(runId, cancellationToken);
    }
}
