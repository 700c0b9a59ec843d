using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

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
