using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace HumanTasks.Testing;

/// <summary>
/// A simulated person who gets links by email. The person can respond, respond late, respond twice at once, leave out a
/// required field, type a wrong code, ignore the task, or open the link only, as a mail scanner does.
/// </summary>
public sealed class TestPerson
{
    private const string Bot = "Mozilla/5.0 (compatible; MailScannerBot/1.0)";

    private readonly TestHost host;

    internal TestPerson(TestHost host, string address)
    {
        this.host = host;
        Address = address;
    }

    /// <summary>The person's email address.</summary>
    public string Address { get; }

    /// <summary>Waits for an email with a link to this person and returns the newest link.</summary>
    public async Task<Uri> LinkAsync() => (await MailAsync("Nothing with a link", mail => mail.Link is not null)).Link!;

    /// <summary>Submits the form with the given values and generated values for the other fields.</summary>
    /// <param name="link">The link to open; the newest emailed link when null.</param>
    /// <param name="values">The values by field name.</param>
    public async Task<Reaction> AnswerAsync(Uri? link = null, JsonObject? values = null)
    {
        using var browser = await OpenAsync(link);
        var form = await browser.GetAsync();
        return form.Status == 200 ? await browser.AnswerAsync(form, values) : form;
    }

    /// <summary>Declines the task.</summary>
    public async Task<Reaction> RejectAsync(string reason, Uri? link = null)
    {
        using var browser = await OpenAsync(link);
        return await browser.PostAsync("", new JsonObject { ["reject"] = true, ["reason"] = reason });
    }

    /// <summary>Opens the form, moves the clock to its expiration, and submits it.</summary>
    public async Task<Reaction> AnswerLateAsync(Uri? link = null, JsonObject? values = null)
    {
        using var browser = await OpenAsync(link);
        var form = await browser.GetAsync();
        host.Clock.SetUtcNow(DateTimeOffset.Parse((string)form.Body!["expiresAt"]!, System.Globalization.CultureInfo.InvariantCulture));
        return await browser.AnswerAsync(form, values);
    }

    /// <summary>Submits the same response twice at once with one idempotency key, like a double click.</summary>
    public async Task<IReadOnlyList<Reaction>> AnswerTwiceAtOnceAsync(Uri? link = null, JsonObject? values = null)
    {
        using var browser = await OpenAsync(link);
        var form = await browser.GetAsync();
        return await Task.WhenAll(browser.AnswerAsync(form, values, "double-click"), browser.AnswerAsync(form, values, "double-click"));
    }

    /// <summary>Submits the form without its first required field.</summary>
    public async Task<Reaction> AnswerHalfAsync(Uri? link = null)
    {
        using var browser = await OpenAsync(link);
        var form = await browser.GetAsync();
        var filled = FormFiller.Fill(form.Body!["form"]!.AsObject(), null);
        if (FormFiller.FirstRequired(form.Body!["form"]!.AsObject(), filled) is { } name)
        {
            filled.Remove(name);
        }

        return await browser.SendAsync(filled);
    }

    /// <summary>Requests a code and types a different one.</summary>
    public async Task<Reaction> TypeWrongCodeAsync(Uri? link = null)
    {
        using var browser = new Browser(link ?? await LinkAsync());
        await browser.PostAsync("/code", null);
        var code = await CodeAsync();
        return await browser.PostAsync("/verify", new JsonObject { ["code"] = code == "000000" ? "000001" : "000000" });
    }

    /// <summary>Requests the link with HEAD and GET only, as a mail scanner does.</summary>
    public async Task<IReadOnlyList<Reaction>> ScanAsync(Uri? link = null)
    {
        using var browser = new Browser(link ?? await LinkAsync(), Bot, "text/html");
        return [await browser.RequestAsync(HttpMethod.Head), await browser.RequestAsync(HttpMethod.Get), await browser.RequestAsync(HttpMethod.Get)];
    }

    /// <summary>Moves the clock to the expiration of a task without responding.</summary>
    public async Task IgnoreAsync(string taskId)
    {
        var task = await host.Client.GetTaskAsync(taskId);
        host.Clock.SetUtcNow(task.ExpiresAt);
    }

    /// <summary>Opens the form and enters the code if the link asks for one.</summary>
    private async Task<Browser> OpenAsync(Uri? link)
    {
        var browser = new Browser(link ?? await LinkAsync());
        if (!browser.IsIsolated)
        {
            return browser;
        }

        var asked = await browser.PostAsync("/code", null);
        if (asked.Status == (int)HttpStatusCode.Accepted)
        {
            await browser.PostAsync("/verify", new JsonObject { ["code"] = await CodeAsync() });
        }

        return browser;
    }

    private async Task<string> CodeAsync()
    {
        const string Subject = "Your code: ";
        var mail = await MailAsync("No code", mail => mail.Subject.StartsWith(Subject, StringComparison.Ordinal));
        return mail.Subject[Subject.Length..];
    }

    /// <summary>
    /// Waits for a matching email to this person and returns the newest. Emails are sent after the change that causes
    /// them.
    /// </summary>
    private async Task<TestMail> MailAsync(string nothing, Func<TestMail, bool> isWanted)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            if (host.Mail().FirstOrDefault(mail => mail.To.Contains(Address, StringComparer.OrdinalIgnoreCase) && isWanted(mail)) is { } mail)
            {
                return mail;
            }

            await Task.Delay(10);
        }

        throw new InvalidOperationException($"{nothing} was emailed to {Address}.");
    }

    private sealed class Browser : IDisposable
    {
        private readonly HttpClient http;
        private readonly Uri page;
        private readonly string accept;

        public Browser(Uri page, string agent = "Mozilla/5.0", string accept = "application/json")
        {
            this.page = page;
            this.accept = accept;
            http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseProxy = false });
            http.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
        }

        public bool IsIsolated => page.AbsolutePath.StartsWith("/task/", StringComparison.Ordinal);

        public Task<Reaction> GetAsync() => RequestAsync(HttpMethod.Get);

        public Task<Reaction> SendAsync(JsonObject values, string? key = null) =>
            PostAsync("", new JsonObject { ["values"] = values.DeepClone() }, key);

        /// <summary>Answers everything that the form asks, with files where it asks for some.</summary>
        public Task<Reaction> AnswerAsync(Reaction form, JsonObject? values, string? key = null)
        {
            var definition = form.Body!["form"]!.AsObject();
            var filled = FormFiller.Fill(definition, values);
            var files = FormFiller.Files(definition, filled);
            if (files.Count == 0)
            {
                return SendAsync(filled, key);
            }

            var content = new MultipartFormDataContent { { new StringContent(filled.ToJsonString(), Encoding.UTF8, "application/json"), "values" } };
            foreach (var (field, name, contentType, bytes) in files)
            {
                var part = new ByteArrayContent(bytes);
                part.Headers.ContentType = new MediaTypeHeaderValue(contentType);
                content.Add(part, field, name);
            }

            return RequestAsync(HttpMethod.Post, "", content, key);
        }

        public Task<Reaction> PostAsync(string below, JsonObject? body, string? key = null) => RequestAsync(
            HttpMethod.Post, below, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), key);

        public async Task<Reaction> RequestAsync(HttpMethod method, string below = "", HttpContent? content = null, string? key = null)
        {
            using var request = new HttpRequestMessage(method, page + below) { Content = content };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            return new Reaction((int)answer.StatusCode, isJson ? JsonNode.Parse(text) : null);
        }

        public void Dispose() => http.Dispose();
    }
}
