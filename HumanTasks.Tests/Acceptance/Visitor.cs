using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HumanTasks.Tests.Hosting.Http;

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

/// <summary>A page as it came, and what was filled in on it since.</summary>
public sealed class Page
{
    private readonly List<(string Field, string Name, byte[] Bytes)> files = [];

    private Page(string path, Reply reply)
    {
        Path = path;
        Reply = reply;
        Document = new HtmlParser().ParseDocument(reply.Body);
    }

    public string Path { get; }

    public Reply Reply { get; }

    public IHtmlDocument Document { get; }

    public IHtmlFormElement Form => Document.QuerySelector<IHtmlFormElement>("form#form")
        ?? throw new InvalidOperationException($"There is no form on {Reply.Body}");

    public string Heading => Document.QuerySelector("h1")!.TextContent.Trim();

    public string Text => Document.Body!.TextContent;

    /// <summary>The messages of the error summary.</summary>
    public IReadOnlyList<string> Problems => [.. Document.QuerySelectorAll("#problems a").Select(link => link.TextContent.Trim())];

    public static async Task<Page> OfAsync(string path, HttpResponseMessage answer) => new(path, await Reply.OfAsync(answer));

    public Page Is(int status)
    {
        Reply.Is(status);
        return this;
    }

    public IElement The(string selector) => Document.QuerySelector(selector)
        ?? throw new Xunit.Sdk.XunitException($"There is no '{selector}' on {Reply.Body}");

    /// <summary>What a field has now.</summary>
    public string Value(string field) => Form.Elements.First(element => element.GetAttribute("name") == field) switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlInputElement { Type: "radio" or "checkbox" } => string.Join(',', Checked(field)),
        IHtmlInputElement input when Form.Elements.OfType<IHtmlInputElement>().Any(other => other.Name == field && other.Type == "checkbox") =>
            string.Join(',', Checked(field)),
        IHtmlInputElement input => input.Value,
        var other => throw new Xunit.Sdk.XunitException($"{other.LocalName} is no field."),
    };

    /// <summary>Types into a field, or chooses the option with this value.</summary>
    public Page Fill(string field, string value)
    {
        foreach (var element in Form.Elements.Where(element => element.GetAttribute("name") == field))
        {
            switch (element)
            {
                case IHtmlTextAreaElement area:
                    area.Value = value;
                    break;
                case IHtmlSelectElement select:
                    select.Value = value;
                    break;
                case IHtmlInputElement { Type: "radio" or "checkbox" } option:
                    option.IsChecked = option.Value == value || (option.Type == "checkbox" && option.IsChecked);
                    break;
                case IHtmlInputElement { Type: not "hidden" } input:
                    input.Value = value;
                    break;
                default:
                    break;
            }
        }

        return this;
    }

    public Page Choose(string field, string fileName, byte[] bytes)
    {
        files.Add((field, fileName, bytes));
        return this;
    }

    /// <summary>What a browser sends for this form (HTML, constructing the entry list).</summary>
    public HttpContent Content()
    {
        var entries = Form.Elements.OfType<IHtmlElement>().SelectMany(Entries).ToArray();
        if (Form.Enctype != "multipart/form-data")
        {
            return new FormUrlEncodedContent(entries);
        }

        var body = new MultipartFormDataContent();
        foreach (var (name, value) in entries)
        {
            var part = new StringContent(value);
            part.Headers.ContentType = null;
            body.Add(part, $"\"{name}\"");
        }

        foreach (var input in Form.Elements.OfType<IHtmlInputElement>().Where(input => input.Type == "file"))
        {
            (string Field, string Name, byte[] Bytes)[] chosen = [.. files.Where(file => file.Field == input.Name)];
            foreach (var (field, name, bytes) in chosen.Length > 0 ? chosen : [(input.Name!, "", [])])
            {
                var part = new ByteArrayContent(bytes);
                part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
                {
                    Name = $"\"{field}\"",
                    FileName = $"\"{name}\"",
                };
                body.Add(part);
            }
        }

        return body;
    }

    private static IEnumerable<KeyValuePair<string, string>> Entries(IHtmlElement element)
    {
        var name = element.GetAttribute("name");
        return name is null or "" ? [] : element switch
        {
            IHtmlInputElement { Type: "file" or "submit" or "button" or "image" } => [],
            IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } => [],
            IHtmlInputElement input => [new(name, input.Value)],
            IHtmlTextAreaElement area => [new(name, area.Value.ReplaceLineEndings("\r\n"))],
            IHtmlSelectElement select => select.Options.Where(option => option.IsSelected).Select(option => KeyValuePair.Create(name, option.Value)),
            _ => [],
        };
    }

    private IEnumerable<string> Checked(string field) => Form.Elements.OfType<IHtmlInputElement>()
        .Where(input => input.Name == field && input.Type is "radio" or "checkbox" && input.IsChecked && input.Name == field)
        .Select(input => input.Value);
}
