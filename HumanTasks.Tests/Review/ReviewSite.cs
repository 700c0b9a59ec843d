using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
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
internal sealed class ReviewSite : IAsyncDisposable
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

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(method, path);
        with?.Invoke(request);
        if (Accepts is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", Accepts);
        }

        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var response = await client.SendAsync(request);
        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var given) ? given : [])
        {
            var (name, value) = set.Split(';')[0].Split('=', 2) is [var first, var second] ? (first, second) : ("", "");
            cookies[name] = value;
        }

        return response;
    }

    public void ForgetCookies() => cookies.Clear();

    public void ForgetCookie(string name) => Assert.True(cookies.Remove(name), $"There is no cookie {name}.");

    public Task<HttpResponseMessage> JsonAsync(HttpMethod method, string path, string? body = null, string? key = null) =>
        SendAsync(method, path, request =>
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Content = body is null ? null : new StringContent(body, null, "application/json");
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }
        });

    public async Task<IHtmlDocument> PageAsync(string path) =>
        await ReadPageAsync(await SendAsync(HttpMethod.Get, path));

    /// <summary>The same, and goes to the page of the form that it leads to, as a browser does.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(
        IHtmlDocument page, (string Name, string Value)[] changed, params (string Field, string Name, string Content)[] files)
    {
        var response = await PostAsync(page, changed, files);
        return response.Headers.Location?.ToString() is { } next && next.Contains("?step=", StringComparison.Ordinal)
            ? await SendAsync(HttpMethod.Get, next)
            : response;
    }

    /// <summary>Sends the form of a page as a browser does, with some inputs changed and files chosen.</summary>
    public Task<HttpResponseMessage> PostAsync(
        IHtmlDocument page, (string Name, string Value)[] changed, params (string Field, string Name, string Content)[] files)
    {
        var form = page.QuerySelector<IHtmlFormElement>("form")!;
        List<(string Name, string Value)> inputs = [];
        foreach (var input in form.QuerySelectorAll("input, select, textarea"))
        {
            var type = input.GetAttribute("type");
            var name = input.GetAttribute("name")!;
            var value = input is IHtmlTextAreaElement area ? area.Value
                : input is IHtmlSelectElement select ? select.Value ?? ""
                : type is null or "text" or "email" or "url" ? LineBreaks.Without(input.GetAttribute("value") ?? "")
                : input.GetAttribute("value") ?? "";
            var isOff = type is "file" || (type is "radio" or "checkbox" && !input.HasAttribute("checked"));
            if (!isOff && (type == "hidden" || changed.All(change => change.Name != name)))
            {
                inputs.Add((name, value));
            }
        }

        inputs.AddRange(changed);
        inputs = [.. inputs.Select(input => (input.Name, LineBreaks.Of(input.Value).Replace("\n", "\r\n", StringComparison.Ordinal)))];
        return SendAsync(HttpMethod.Post, form.GetAttribute("action")!, request =>
        {
            request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            if (Navigates)
            {
                request.Headers.Add("Sec-Fetch-Mode", "navigate");
            }

            request.Content = form.GetAttribute("enctype") == "multipart/form-data"
                ? Multipart(inputs, files)
                : new FormUrlEncodedContent(inputs.Select(input => KeyValuePair.Create(input.Name, input.Value)));
        });
    }

    public static MultipartFormDataContent Multipart(
        IEnumerable<(string Name, string Value)> inputs, params (string Field, string Name, string Content)[] files)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in inputs)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (field, name, text) in files)
        {
            content.Add(new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(text)), field, name);
        }

        return content;
    }

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
