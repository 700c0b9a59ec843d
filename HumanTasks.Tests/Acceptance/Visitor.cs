using System.Net;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A person with a browser without scripts: keeps cookies, reads pages, fills in forms and sends them.</summary>
public sealed class Visitor : IDisposable
{
    private readonly HttpClient http;

    public Visitor(Uri address) => http = new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, UseProxy = false }, disposeHandler: true)
    {
        BaseAddress = address,
        DefaultRequestHeaders =
        {
            { "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" },
            { "Accept-Language", "en" },
        },
    };

    public CookieContainer Cookies { get; } = new();

    public async Task<Page> OpenAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await http.SendAsync(request);
        return await Page.OfAsync(path, answer);
    }

    /// <summary>Sends the page's form as a browser does, and comes back with what it got.</summary>
    public async Task<Page> SendAsync(Page page, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Form.Action.Replace("about://", "", StringComparison.Ordinal))
        {
            Content = page.Content(),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await http.SendAsync(request);
        return await Page.OfAsync(page.Path, answer);
    }

    /// <summary>Presses the button that keeps what was typed.</summary>
    public async Task<Page> SaveAsync(Page page, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, page.The("button[formaction]").GetAttribute("formaction")) { Content = page.Content() };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await http.SendAsync(request);
        return await Page.OfAsync(page.Path, answer);
    }

    /// <summary>Sends a form that has nothing but its token and these fields.</summary>
    public Task<Page> PostAsync(string path, Page page, params (string Name, string Value)[] fields) =>
        PostAsync(path, page.The("[name=__RequestVerificationToken]").GetAttribute("value"), fields);

    public async Task<Page> PostAsync(string path, string? token, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token ?? "")]);
        using var answer = await http.PostAsync(path, content);
        return await Page.OfAsync(path, answer);
    }

    /// <summary>Sends the form, and follows the redirect that must come.</summary>
    public async Task<Page> SendAndFollowAsync(Page page)
    {
        var sent = (await SendAsync(page)).Is(303);
        return await OpenAsync(sent.Reply.Header("Location")!);
    }

    public void Dispose() => http.Dispose();
}
