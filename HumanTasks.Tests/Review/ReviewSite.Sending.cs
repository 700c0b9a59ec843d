using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HumanTasks.Core.Forms;

namespace HumanTasks.Tests.Review;

internal sealed partial class ReviewSite
{
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
}
