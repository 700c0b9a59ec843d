using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;

namespace HumanTasks.Tests.Hosting.Http;

/// <summary>Sends requests as they are written down in a test. Follows no redirect and keeps no cookie.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;
    private readonly string? key;
    private readonly bool checks;

    /// <summary>The key that the calls carry; empty without one.</summary>
    public string Key => key ?? "";

    /// <param name="address">Of the host.</param>
    /// <param name="key">That the calls carry.</param>
    /// <param name="checks">Whether every request and response is validated against the OpenAPI document that the host serves.</param>
    public ApiClient(Uri address, string? key = null, bool checks = false)
    {
        this.key = key;
        this.checks = checks;
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
            disposeHandler: true)
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(1.5),
        };
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> PostAsync(
        string path, [StringSyntax(StringSyntaxAttribute.Json)] string? json = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Json(json), headers);

    public Task<Reply> PutAsync(
        string path, [StringSyntax(StringSyntaxAttribute.Json)] string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, Json(json), headers);

    public async Task<Reply> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, AddressOf(path)) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var sent = checks && content is StringContent ? await content.ReadAsStringAsync() : null;
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead);
        var reply = await Reply.OfAsync(answer);
        if (checks)
        {
            (await WireDocument.OfAsync(http.BaseAddress!)).Check(
                method.Method, request.RequestUri!.IsAbsoluteUri ? request.RequestUri.AbsolutePath : path, content?.Headers.ContentType, sent, reply);
        }

        return reply;
    }

    /// <summary>The address as it is written: a <see cref="Uri"/> puts right what a test wants to send otherwise.</summary>
    private Uri AddressOf(string path) =>
        path.StartsWith('/') && (path.Contains('%', StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal) || path.StartsWith("/.", StringComparison.Ordinal))
            ? new Uri(
                http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
            : new Uri(path, UriKind.RelativeOrAbsolute);

    public void Dispose() => http.Dispose();

    public static HttpContent? Json(string? json) =>
        json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
}
