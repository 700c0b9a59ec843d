using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace HumanTasks.Testing;

/// <summary>
/// Somebody who gets links by mail and does with them what people and machines do: answers, late, twice at once, by half,
/// with a wrong code, never, or only looks, as scanners of mail do.
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

    /// <summary>The e-mail address.</summary>
    public string Address { get; }

    /// <summary>The newest link that was mailed to this person, once there is one.</summary>
    public async Task<Uri> LinkAsync() => (await MailAsync("Nothing with a link", mail => mail.Link is not null)).Link!;

    /// <summary>Answers what the form asks: with these values, and with something valid for every other field that must be answered.</summary>
    /// <param name="link">Where; the newest link that was mailed when null.</param>
    /// <param name="values">Field name to value.</param>
    public async Task<Reaction> AnswerAsync(Uri? link = null, JsonObject? values = null)
    {
        using var browser = await OpenAsync(link);
        var form = await browser.GetAsync();
        return form.Status == 200 ? await browser.SendAsync(FormFiller.Fill(form.Body!["form"]!.AsObject(), values)) : form;
    }

    /// <summary>Declines.</summary>
    public async Task<Reaction> RejectAsync(string reason, Uri? link = null)
    {
        using var browser = await OpenAsync(link);
        return await browser.PostAsync("", new JsonObject { ["reject"] = true, ["reason"] = reason });
    }

    /// <summary>Opens the form, lets its time pass, and answers then.</summary>
    public async Task<Reaction> AnswerLateAsync(Uri? link = null, JsonObject? values = null)
    {
        using var browser = await OpenAsync(link);
        var form = await browser.GetAsync();
        host.Clock.SetUtcNow(DateTimeOffset.Parse((string)form.Body!["expiresAt"]!, System.Globalization.CultureInfo.InvariantCulture));
        return await browser.SendAsync(FormFiller.Fill(form.Body!["form"]!.AsObject(), values));
    }

    /// <summary>A double click: the same answer twice at the same moment.</summary>
    public async Task<IReadOnlyList<Reaction>> AnswerTwiceAtOnceAsync(Uri? link = null, JsonObject? values = null)
    {
        using var browser = await OpenAsync(link);
        var form = await browser.GetAsync();
        var filled = FormFiller.Fill(form.Body!["form"]!.AsObject(), values);
        return await Task.WhenAll(browser.SendAsync(filled, "double-click"), browser.SendAsync(filled, "double-click"));
    }

    /// <summary>Leaves out the first field that must be answered.</summary>
    public async Task<Reaction> AnswerHalfAsync(Uri? link = null)
    {
        using var browser = await OpenAsync(link);
        var form = await browser.GetAsync();
        var filled = FormFiller.Fill(form.Body!["form"]!.AsObject(), null);
        if (FormFiller.FirstRequired(form.Body!["form"]!.AsObject()) is { } name)
        {
            filled.Remove(name);
        }

        return await browser.SendAsync(filled);
    }

    /// <summary>Types a code that was never mailed.</summary>
    public async Task<Reaction> TypeWrongCodeAsync(Uri? link = null)
    {
        using var browser = new Browser(link ?? await LinkAsync());
        await browser.PostAsync("/code", null);
        var code = await CodeAsync();
        return await browser.PostAsync("/verify", new JsonObject { ["code"] = code == "000000" ? "000001" : "000000" });
    }

    /// <summary>What a scanner of mail does with a link: HEAD and GET, and nothing that a person would.</summary>
    public async Task<IReadOnlyList<Reaction>> ScanAsync(Uri? link = null)
    {
        using var browser = new Browser(link ?? await LinkAsync(), Bot, "text/html");
        return [await browser.RequestAsync(HttpMethod.Head), await browser.RequestAsync(HttpMethod.Get), await browser.RequestAsync(HttpMethod.Get)];
    }

    /// <summary>Never answers: lets the time of a task pass.</summary>
    public async Task IgnoreAsync(string taskId)
    {
        var task = await host.Client.GetTaskAsync(taskId);
        host.Clock.SetUtcNow(task.ExpiresAt);
    }

    /// <summary>At the form, with the code typed where one is asked for.</summary>
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

    /// <summary>The newest mail of a kind to this person, once it is there: mail goes out behind what causes it.</summary>
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

        throw new InvalidOperationException($"{nothing} was mailed to {Address}.");
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

        public Task<Reaction> PostAsync(string below, JsonObject? body, string? key = null) => RequestAsync(HttpMethod.Post, below, body, key);

        public async Task<Reaction> RequestAsync(HttpMethod method, string below = "", JsonObject? body = null, string? key = null)
        {
            using var request = new HttpRequestMessage(method, page + below);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            if (body is not null)
            {
                request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            }

            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            return new Reaction((int)answer.StatusCode, isJson ? JsonNode.Parse(text) : null);
        }

        public void Dispose() => http.Dispose();
    }
}

/// <summary>What came of it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON that came, if any.</param>
public sealed record Reaction(int Status, JsonNode? Body)
{
    public bool IsAccepted => Status == 200;

    /// <summary>Why not, such as <c>link-expired</c>; null when all is well.</summary>
    public string? Problem => ((string?)Body?["type"])?.Split(':')[^1];
}
